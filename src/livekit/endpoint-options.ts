import { type Clock, systemClock } from '../clock'
import type { FetchContext, TokenRequest } from '../types'

/** The options of `fetch`, but for what an attempt brings along (`body`, `signal`), and three of our own. */
export interface EndpointInit extends Omit<RequestInit, 'body' | 'headers' | 'signal'> {
  /** Headers of every request, or a function that is asked before each, and awaited. */
  headers?:
    | HeadersInit
    | ((request: TokenRequest, context: FetchContext) => HeadersInit | PromiseLike<HeadersInit>)
    | undefined
  /** Default: the global one, looked up at each request. */
  fetch?: typeof globalThis.fetch | undefined
  /** Give it the store's. Default: the machine's. */
  clock?: Clock | undefined
}

export interface Endpoint {
  readonly url: string
  /** For messages: without what may be secret in a URL. */
  readonly name: string
  readonly headers: EndpointInit['headers']
  readonly fetch: EndpointInit['fetch']
  readonly clock: Clock
  readonly rest: RequestInit
}

export function readEndpoint(url: unknown, init: unknown): Endpoint {
  const address = readUrl(url)
  if (typeof init !== 'object' || init === null) throw new TypeError('"init" must be an object of options')
  const { headers, fetch, clock = systemClock, ...rest } = init as EndpointInit & RequestInit
  for (const made of ['body', 'signal'] as const) {
    if (rest[made] === undefined || rest[made] === null) continue
    throw new TypeError(
      made === 'body'
        ? '"body" is made from the token request: leave it out'
        : `"signal" is the attempt's own: leave it out, and stop with store.dispose()`,
    )
  }
  if (fetch !== undefined && typeof fetch !== 'function') throw new TypeError('"fetch" must be a function')
  if (typeof clock?.now !== 'function')
    throw new TypeError('"clock" must be an object with now, setTimeout and clearTimeout')
  if (typeof headers !== 'function') readHeaders(headers)
  const { method = 'POST' } = rest
  if (typeof method !== 'string' || /^(|get|head)$/i.test(method)) {
    throw new TypeError('"method" must be one that carries a body, as POST does')
  }
  checkRequestInit(rest)
  return { url: address, name: nameOf(address), headers, fetch, clock, rest: { ...rest, method } }
}

/** The engine's own message may quote a header's value, which is often a secret; this one does not. */
export function readHeaders(given: HeadersInit | undefined): Headers {
  try {
    return new Headers(given)
  } catch {
    throw new TypeError('"headers" holds something that is no HTTP header: check the names and values')
  }
}

/** Where a relative URL begins, when there is a page or a worker. */
const baseUrl = (): string | undefined => globalThis.document?.baseURI ?? globalThis.location?.href

function readUrl(url: unknown): string {
  const text = typeof url === 'string' ? url : (url as URL | null | undefined)?.href
  if (typeof text !== 'string') throw new TypeError('"url" must be a string or a URL')
  // By hand: React Native's own URL refuses nothing, and some of its versions throw when asked for a part.
  if (/^\s*[a-z][a-z\d+.-]*:/i.test(text) && parses(text)) {
    if (!/^\s*https?:/i.test(text)) {
      throw new TypeError('"url" must be the http(s) address of a token endpoint')
    }
    if (/^\s*https?:[/\\]*[^/\\?#]*@/i.test(text)) {
      throw new TypeError('"url" must not hold a user name or a password: send them by "headers"')
    }
    return text
  }
  // A module that makes its store at the top also runs where pages are rendered ahead, without a base: a path is
  // well enough there, as nothing asks.
  const base = baseUrl() ?? (/^[./?]\S*$/.test(text) ? 'http://localhost' : undefined)
  if (base !== undefined && parses(text, base)) return text
  throw new TypeError('"url" must be an absolute URL, or, in a browser, a relative one')
}

function parses(url: string, base?: string): boolean {
  try {
    return Boolean(new URL(url, base))
  } catch {
    return false
  }
}

const nameOf = (url: string) => `The token endpoint ${url.trim().replace(/[?#].*$/s, '')}`

/** What `fetch` would refuse at the first request is refused at once. */
function checkRequestInit(init: RequestInit): void {
  try {
    if (typeof Request === 'function') new Request('http://localhost', { method: 'POST', ...init })
  } catch {
    const given = Object.keys(init).map((key) => `"${key}"`)
    throw new TypeError(`${given.join(', ')}: one of them holds something that fetch does not take`)
  }
}
