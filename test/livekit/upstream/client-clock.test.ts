import { TokenSource } from 'livekit-client'
import { fromEndpoint } from 'livekit-token-store/livekit'
import { expect, it, vi } from 'vitest'
import { START } from '../../helpers/clock'
import { credentials } from '../../helpers/tokens'
import { answerJson, serve } from '../helpers'
import { ours } from './side-by-side'

it("a client's clock that is ten minutes ahead makes upstream ask at each fetch, and the store once", async () => {
  vi.useFakeTimers({ now: START + 600_000, toFake: ['Date'] })
  try {
    const headers = { date: new Date(START).toUTCString() }
    const token = credentials({ issuedAt: START, lifetimeMs: 600_000 })
    const { url, received } = await serve((response) => answerJson(response, token, { headers }))
    const upstream = TokenSource.endpoint(url)
    for (let round = 0; round < 3; round += 1) await upstream.fetch({})
    expect(received.splice(0)).toHaveLength(3)
    const { fetch } = ours(fromEndpoint(url))
    for (let round = 0; round < 3; round += 1) expect(await fetch({})).toEqual(token)
    expect(received).toHaveLength(1)
  } finally {
    vi.useRealTimers()
  }
})
