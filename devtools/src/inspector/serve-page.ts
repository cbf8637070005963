import type { RequestListener, ServerResponse } from 'node:http'
import { staticFiles } from '../loopback/static-files'
import { type Door, guestAt } from './door'

/** Serves the built page of `folder` to those whom the door lets in; all others get a status and nothing else. */
export function pageListener(door: () => Door, folder: string | null): RequestListener {
  const files = folder === null ? null : staticFiles(folder)
  return (request, response) => {
    const guest = guestAt(door(), request)
    const isIn = typeof guest !== 'number'
    // Whoever is refused does not learn who would not be.
    const sent = headers(door().port, isIn ? door().allowedOrigins : [])
    for (const [name, value] of Object.entries(sent)) response.setHeader(name, value)
    if (!isIn) return end(response, guest)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      return end(response, 405)
    }
    // Without the slash the page would look for its files beside the secret.
    if (!guest.path.startsWith('/')) return end(response, 404)
    if (!files) return end(response, 503, 'The page of the inspector is not built: run "npm run build".\n')
    request.url = guest.path
    files(request, response, () => end(response, 404))
  }
}

function headers(port: number, framedBy: readonly string[]): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      // Not every browser takes 'self' for the WebSocket of the same origin.
      `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${["'self'", ...framedBy].join(' ')}`,
      "require-trusted-types-for 'script'",
    ].join('; '),
    'Cache-Control': 'no-store',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
}

function end(response: ServerResponse, status: number, message = ''): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(message)
}
