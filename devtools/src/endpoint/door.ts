import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLoopbackHost, isLoopbackOrigin } from '../loopback/names'
import { type Answer, errorAnswer } from './answer'

const METHODS = 'POST, OPTIONS'

/**
 * Lets in what comes from this machine: programs, which send no origin, and pages on loopback, which get the CORS
 * headers that they need. Answers all others, preflights and wrong methods itself; null is "come in".
 */
export function answerAtTheDoor(request: IncomingMessage, response: ServerResponse): Answer | null {
  const { host, origin } = request.headers
  response.setHeader('Vary', 'Origin')
  if (!isLoopbackHost(host)) return errorAnswer(403, 'the Host header must be localhost, 127.0.0.1 or [::1]')
  if (origin !== undefined) {
    if (!isLoopbackOrigin(origin)) {
      return errorAnswer(403, 'only pages on localhost, 127.0.0.1 or [::1] may ask this endpoint')
    }
    response.setHeader('Access-Control-Allow-Origin', origin)
    response.setHeader('Access-Control-Allow-Credentials', 'true')
    // Across origins a browser hides both from the page, and with them the server's time and its wish to wait.
    response.setHeader('Access-Control-Expose-Headers', 'Date, Retry-After')
  }
  if (request.method === 'OPTIONS') return preflight(request)
  if (request.method === 'POST') return null
  return { ...errorAnswer(405, 'the method must be POST'), headers: { Allow: METHODS } }
}

function preflight(request: IncomingMessage): Answer {
  const asked = request.headers['access-control-request-headers']
  const headers = {
    Allow: METHODS,
    'Access-Control-Allow-Methods': METHODS,
    // Whatever an app's real endpoint wants, such as Authorization, is welcome here too.
    'Access-Control-Allow-Headers': typeof asked === 'string' ? asked : 'Content-Type',
    'Access-Control-Max-Age': '600',
  }
  return { status: 204, type: null, body: '', headers }
}
