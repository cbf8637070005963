import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { SERVER_URL, signToken } from '../helpers/tokens'
import type { Life } from './life'

/** How long the endpoint's tokens live. A refresh is due after half of it. */
export const LIFETIME_MS = 4_000

/**
 * A token endpoint on loopback, in LiveKit's format, at `/token`, and whatever else `pages` says: a script or a page
 * for each path.
 */
export async function startEndpoint(pages: Readonly<Record<string, string>> = {}) {
  let made = 0
  const answer: RequestListener = (request, response) => {
    const page = pages[request.url!]
    if (page !== undefined) {
      const type = request.url!.endsWith('.js') ? 'text/javascript' : 'text/html'
      response.writeHead(200, { 'content-type': type }).end(page)
      return
    }
    if (request.url !== '/token' || request.method !== 'POST') {
      response.writeHead(404).end()
      return
    }
    made += 1
    const participant_token = signToken({
      issuedAt: Date.now(),
      lifetimeMs: LIFETIME_MS,
      claims: { jti: String(made) },
    })
    response
      .writeHead(201, { 'content-type': 'application/json' })
      .end(JSON.stringify({ server_url: SERVER_URL, participant_token }))
  }
  const server = createServer(answer)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, made: () => made }
}

/** That a store lived as it does in a page. */
export function expectWholeLife(life: Life): void {
  expect(life.statuses.slice(0, 6)).toEqual(['idle', 'fetching', 'valid', 'expiring', 'refreshing', 'valid'])
  expect(life.renewedAheadMs).toBeGreaterThan(0)
  expect(life).toMatchObject({ renewed: true, afterwards: 'disposed' })
}
