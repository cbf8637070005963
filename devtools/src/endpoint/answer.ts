import type { ServerResponse } from 'node:http'
import type { Faults } from './faults'

/** An HTTP answer before it is sent. */
export interface Answer {
  status: number
  /** The `Content-Type`; null when there is no body. */
  type: string | null
  body: string
  headers?: Readonly<Record<string, string>>
}

export const jsonAnswer = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})

export const errorAnswer = (status: number, message: string): Answer => jsonAnswer(status, { error: message })

/** 201 is what the standard asks for. */
export const tokenAnswer = (status: number, serverUrl: string, participantToken: string): Answer =>
  jsonAnswer(status, { server_url: serverUrl, participant_token: participantToken })

const PAGE = '<!doctype html>\n<title>Sign in</title>\n<p>This page stands where a token was expected.</p>\n'

/** What a proxy, a sign-in wall or a bug makes of an answer. 'notjwt' is done where the token is made. */
export function malformed(answer: Answer, body: Faults['body']): Answer {
  if (body === 'html') return { ...answer, type: 'text/html; charset=utf-8', body: PAGE }
  if (body === 'empty') return { ...answer, type: null, body: '' }
  return answer
}

/** Sends it with the time of the server's own, possibly wrong, clock. */
export function send(response: ServerResponse, answer: Answer, serverTimeMs: number): void {
  // Node's own Date header would tell the right time.
  response.sendDate = false
  response.setHeader('Date', new Date(serverTimeMs).toUTCString())
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  if (answer.type !== null) response.setHeader('Content-Type', answer.type)
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value)
  response.statusCode = answer.status
  response.end(answer.body)
}
