import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTokenStore, TokenError } from 'livekit-token-store'
import { fromEndpoint } from 'livekit-token-store/livekit'
import { afterEach, describe, expect, it } from 'vitest'
import { signToken } from '../helpers/tokens'

interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body: string
}

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A store over a real endpoint that answers well once, and then as it is told. */
async function storeOver(bad: (secret: string) => Answer) {
  const participantToken = signToken({ issuedAt: Date.now() })
  const good: Answer = {
    status: 201,
    body: JSON.stringify({ server_url: 'wss://rooms.example', participant_token: participantToken }),
  }
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    const { status = 200, headers = {}, body } = asked === 1 ? good : bad(participantToken)
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const store = createTokenStore({ fetchToken: fromEndpoint(`http://127.0.0.1:${port}/token`) })
  closers.push(
    () => store.dispose(),
    () => server.close(),
  )
  const first = await store.fetch()
  return { store, first }
}

const HTML = { 'content-type': 'text/html' }

const CASES: [string, (secret: string) => Answer, TokenError['code'], RegExp][] = [
  ['401', (secret) => ({ status: 401, body: `bad token ${secret}` }), 'refused', /status 401/],
  ['429', (secret) => ({ status: 429, body: secret }), 'rate-limited', /status 429/],
  ['500', (secret) => ({ status: 500, body: secret }), 'fetch-failed', /status 500/],
  [
    'an HTML page',
    (secret) => ({ headers: HTML, body: `<p>${secret}</p>` }),
    'invalid-response',
    /text\/html, not JSON/,
  ],
  ['nothing at all', () => ({ body: '' }), 'invalid-response', /empty body/],
  [
    'a token that is no JWT',
    (secret) => ({
      body: JSON.stringify({ serverUrl: 'wss://a.example', participantToken: `x${secret.slice(0, 30)}` }),
    }),
    'invalid-response',
    /`participantToken` is not a JWT/,
  ],
  [
    'no serverUrl',
    (secret) => ({ body: JSON.stringify({ participantToken: secret }) }),
    'invalid-response',
    /no `serverUrl`/,
  ],
]

describe('An endpoint that answers, in place of a new token,', () => {
  it.each(CASES)(
    '%s: a clear error that quotes nothing, and the usable token kept',
    async (_, bad, code, says) => {
      const { store, first } = await storeOver(bad)
      const error = await store.refresh().then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(error).toBeInstanceOf(TokenError)
      expect(error).toMatchObject({ code, message: expect.stringMatching(says) })
      expect((error as Error).message).not.toContain(first.participantToken.slice(0, 20))
      const { status, token, error: shown } = store.getSnapshot()
      expect(status).toBe('valid')
      expect(token).toMatchObject({ ordinal: 1, serverUrl: 'wss://rooms.example' })
      expect(shown).toMatchObject({ code })
      expect(shown?.cause).toBeUndefined()
      // The next caller asks once more, which fails too, and gets what there is.
      expect(await store.fetch()).toEqual(first)
    },
  )
})
