import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FetchContext } from 'livekit-token-store'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A real HTTP server on loopback for the test that asks for it, and what it received. */
export async function serve(answer: (response: ServerResponse, received: Received) => void) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push({ method: request.method!, headers: request.headers, body })
    answer(response, received.at(-1)!)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, received }
}

/** Answers JSON; by default as an endpoint that made a token does. */
export const answerJson = (
  response: ServerResponse,
  body: unknown,
  { status = 201, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

/** What a store tells its fetcher of a first attempt. */
export const firstAttempt = (signal: AbortSignal = new AbortController().signal): FetchContext => ({
  signal,
  attempt: 1,
  force: false,
  reason: 'initial',
})

/** What a promise was rejected with; fails when it was not. */
export async function rejection(promise: unknown): Promise<Error & Record<string, unknown>> {
  try {
    await promise
  } catch (error) {
    return error as Error & Record<string, unknown>
  }
  throw new Error('It was expected to reject, and resolved.')
}
