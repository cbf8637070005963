import { abortReason } from '../abort-reason'
import { readCredentials } from '../credentials'
import { InvalidResponse } from '../invalid-response'
import { rememberServerTime } from '../server-time'
import type { Credentials, FetchContext, FetchToken, TokenRequest } from '../types'
import { abortable } from './abortable'
import { endpointBody } from './endpoint-body'
import { EndpointError } from './endpoint-error'
import { type Endpoint, type EndpointInit, readEndpoint, readHeaders } from './endpoint-options'
import { retryAtOfResponse, serverTimeOfResponse } from './response-times'

/**
 * A fetcher that asks an endpoint in LiveKit's standard format
 * (https://docs.livekit.io/frontends/build/authentication/endpoint).
 *
 * A status other than 2xx throws an error with `status` and, from `Retry-After`, `retryAt`; the body is never
 * read. From the `Date` header the store learns the server's time. Across origins a browser shows both headers
 * only when the endpoint sends `Access-Control-Expose-Headers: Date, Retry-After`.
 *
 * @throws TypeError at once, for a bad `url` or `init`.
 */
export function fromEndpoint(url: string | URL, init: EndpointInit = {}): FetchToken {
  const endpoint = readEndpoint(url, init)
  return (request, context) => abortable(() => ask(endpoint, request, context), context.signal)
}

async function ask(endpoint: Endpoint, request: TokenRequest, context: FetchContext): Promise<Credentials> {
  const body = JSON.stringify(endpointBody(request))
  const headers = await headersFor(endpoint, request, context)
  // Not every `fetch` looks at a signal that was aborted meanwhile.
  if (context.signal.aborted) throw abortReason(context.signal)
  // On its own, because the browser's is no method of another object.
  const fetch = endpoint.fetch ?? globalThis.fetch
  const sentAt = endpoint.clock.now()
  const response = await fetch(endpoint.url, { ...endpoint.rest, headers, body, signal: context.signal })
  const receivedAt = endpoint.clock.now()
  if (!response.ok) {
    // `body` is a web stream only where `fetch` is the platform's.
    response.body?.cancel?.().catch(() => {})
    throw new EndpointError(endpoint.name, response.status, retryAtOfResponse(response.headers, receivedAt))
  }
  const { credentials } = readCredentials(await readJson(endpoint, response))
  const times = { sentAt, receivedAt, readAt: endpoint.clock.now() }
  const serverTime = serverTimeOfResponse(response.headers, times)
  if (serverTime) rememberServerTime(credentials, context.signal, serverTime)
  return credentials
}

async function headersFor(
  { headers }: Endpoint,
  request: TokenRequest,
  context: FetchContext,
): Promise<Headers> {
  const own = readHeaders(typeof headers === 'function' ? await headers(request, context) : headers)
  if (!own.has('content-type')) own.set('content-type', 'application/json')
  return own
}

async function readJson({ name }: Endpoint, response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
    const what = text.trim() === '' ? 'an empty body' : `${mediaType(response)}, not JSON`
    throw new InvalidResponse(
      `${name} answered ${response.status} with ${what}: check that the URL is the token endpoint's and not a page's.`,
    )
  }
}

/** The media type alone, and only if it looks like one: a header is the server's text too. */
function mediaType(response: Response): string {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim() ?? ''
  return /^[a-z]+\/[a-z0-9.+-]{1,40}$/i.test(type) ? type : 'something'
}
