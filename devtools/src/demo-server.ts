import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { listenOnLoopback } from './loopback/listen'
import { isLoopbackHost } from './loopback/names'
import { staticFiles } from './loopback/static-files'

export interface DemoServerOptions {
  /** The folder of the built demo, with an `index.html` in it. */
  root: string
  /** The token endpoint that the page asks; the page reads it from `/config.json`. */
  endpointUrl: string
  /** The LiveKit server that the page's rooms are on, told likewise. Default: null, there is none. */
  livekitUrl?: string | null | undefined
  /** The inspector that the page connects to, asked for each time. Default: none. */
  inspectorUrl?: (() => string | null) | undefined
  /** Default: 0, any free port. */
  port?: number | undefined
}

export interface DemoServer {
  readonly url: string
  /** Resolves when the port is free again. May be called more than once. */
  close(): Promise<void>
}

const LOOPBACK = 'http://127.0.0.1:* ws://127.0.0.1:* http://localhost:* ws://localhost:*'

const headers = (livekitUrl: string | null): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    // Nothing but this machine, with the token endpoint on it, and the LiveKit server wherever that is.
    ['connect-src', "'self'", LOOPBACK, ...elsewhere(livekitUrl)].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
})

/** livekit-client speaks WebSocket with the server, and asks it over HTTP why that was refused. */
function elsewhere(livekitUrl: string | null): string[] {
  if (livekitUrl === null) return []
  const { protocol, host } = new URL(livekitUrl)
  if (isLoopbackHost(host)) return []
  const s = /^(?:wss|https):$/.test(protocol) ? 's' : ''
  return [`http${s}://${host}`, `ws${s}://${host}`]
}

/**
 * Serves the built demo on 127.0.0.1, to pages and programs that call it by a loopback name.
 *
 * @throws {Error} when there is no demo in `root`.
 * @throws {Error} with `code: 'EADDRINUSE'` when the port is taken.
 */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const { root, endpointUrl, livekitUrl = null, inspectorUrl = () => null, port } = options
  if (!existsSync(join(root, 'index.html'))) throw new Error('there is no index.html in root: build the demo')
  const files = staticFiles(root)
  const config = () =>
    JSON.stringify({ endpoint: endpointUrl, livekit: livekitUrl, inspector: inspectorUrl() })
  const sent = Object.entries(headers(livekitUrl))
  const server = await listenOnLoopback((request, response) => {
    for (const [name, value] of sent) response.setHeader(name, value)
    if (!isLoopbackHost(request.headers.host)) {
      refuse(response, 403, 'Call this server by a loopback name.')
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      refuse(response, 405, 'The method must be GET or HEAD.')
    } else if (isFromElsewhere(request)) {
      refuse(response, 403, 'This page is for itself alone.')
    } else if (request.url?.split('?')[0] === '/config.json') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(config())
    } else {
      files(request, response, () => refuse(response, 404, 'There is no such file.'))
    }
  }, port)
  return { url: `${server.origin}/`, close: server.close }
}

/** Whether a page of another site asks. Browsers say so; a program is not told from a person's own visit. */
function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  // A link, which anybody may have to it.
  if (headers['sec-fetch-mode'] === 'navigate') return false
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return true
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${message}\n`)
}
