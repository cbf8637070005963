import { TokenSource } from 'livekit-client'
import type { Credentials, TokenRequest } from 'livekit-token-store'
import { fromEndpoint } from 'livekit-token-store/livekit'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { START } from '../../helpers/clock'
import { credentials } from '../../helpers/tokens'
import { answerJson, rejection, serve } from '../helpers'
import { ours } from './side-by-side'

const good = credentials({ issuedAt: START, lifetimeMs: 86_400_000 })

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ['Date'] })
  return () => void vi.useRealTimers()
})

/** Both kinds over one URL and the same options, each as a function of the request. */
const both = (url: string, init: { headers?: HeadersInit; signal?: AbortSignal } = {}) => {
  const source = TokenSource.endpoint(url, init)
  const { signal: _, ...rest } = init
  const { fetch } = ours(fromEndpoint(url, rest))
  return {
    upstream: (request: TokenRequest = {}) => source.fetch(request as object) as Promise<Credentials>,
    store: (request: TokenRequest = {}) => fetch(request),
  }
}

describe("upstream's TokenSource.endpoint, and a store over fromEndpoint", () => {
  it('a Headers object is dropped, and sent', async () => {
    const { url, received } = await serve((response) => answerJson(response, good))
    const { upstream, store } = both(url, { headers: new Headers({ authorization: 'Bearer 1' }) })
    await upstream()
    await store()
    expect(received.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer 1'])
  })

  it('an option that is there and undefined cannot be encoded, and is absent', async () => {
    const { url } = await serve((response) => answerJson(response, good))
    const { upstream, store } = both(url)
    expect((await rejection(upstream({ agentName: undefined }))).message).toContain('encode')
    expect(await store({ agentName: undefined })).toEqual(good)
  })

  it('an answer without credentials resolves to nothing, and rejects', async () => {
    const { url } = await serve((response) =>
      answerJson(response, { error: 'Unauthorised.' }, { status: 200 }),
    )
    const { upstream, store } = both(url)
    expect(await upstream()).toEqual({})
    expect(await rejection(store())).toMatchObject({ code: 'invalid-response' })
  })

  it('the body of a refusal, which may quote a token, is in the message, and in no message', async () => {
    const { url } = await serve((response) =>
      response.writeHead(401).end(`invalid token: ${good.participantToken}`),
    )
    const { upstream, store } = both(url)
    expect((await rejection(upstream())).message).toContain(good.participantToken)
    const error = await rejection(store())
    expect(error).toMatchObject({ code: 'refused', status: 401 })
    expect(`${error.stack} ${(error.cause as Error).stack}`).not.toContain(good.participantToken)
  })

  it('an aborted signal ends the source for good, and only the wait of the caller who gave it', async () => {
    const { url } = await serve((response) => answerJson(response, good))
    const controller = new AbortController()
    const { upstream } = both(url, { signal: controller.signal })
    controller.abort()
    await rejection(upstream())
    await rejection(upstream())
    const { store } = ours(fromEndpoint(url))
    await rejection(store.fetch({}, { signal: controller.signal }))
    expect(await store.fetch({})).toEqual(good)
  })
})
