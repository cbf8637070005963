import type { TokenRequest } from 'livekit-token-store'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Make, ours, outcome, stopTime, tokenFor, upstream } from './side-by-side'

beforeEach(stopTime)

/** How many calls these fetches made, one after the other. */
const calls = async (make: Make, requests: readonly (TokenRequest | undefined)[], spec = {}) => {
  const candidate = make((request) => tokenFor(request ?? {}, spec))
  for (const request of requests) await candidate.fetch(request)
  return candidate.calls
}

describe('upstream asks again for what it has, and the store does not', () => {
  it('for equal attributes, written inline: a call each time', async () => {
    const requests = Array.from({ length: 5 }, () => ({ roomName: 'A', participantAttributes: { a: '1' } }))
    expect(await calls(upstream, requests)).toBe(5)
    expect(await calls(ours, requests)).toBe(1)
  })

  it('for rooms A, B, A, B, A, B: six calls, because it keeps one token', async () => {
    const requests = [...'ABABAB'].map((roomName) => ({ roomName }))
    expect(await calls(upstream, requests)).toBe(6)
    expect(await calls(ours, requests)).toBe(2)
  })

  it('for empty attributes and none: two calls', async () => {
    const requests = [{ participantAttributes: {} }, {}]
    expect(await calls(upstream, requests)).toBe(2)
    expect(await calls(ours, requests)).toBe(1)
  })

  it('for a fetch without options: a call each time', async () => {
    const requests = [undefined, undefined, undefined]
    expect(await calls(upstream, requests)).toBe(3)
    expect(await calls(ours, requests)).toBe(1)
  })

  it('for a token that lives a minute: a call each time', async () => {
    const requests = [{}, {}, {}]
    expect(await calls(upstream, requests, { lifetimeMs: 60_000 })).toBe(3)
    expect(await calls(ours, requests, { lifetimeMs: 60_000 })).toBe(1)
  })

  it('for a token from a clock 2 s ahead of the client: a call each time until the 2 s are over', async () => {
    const requests = [{}, {}, {}]
    const ahead = { issuedAt: Date.now() + 2_000 }
    expect(await calls(upstream, requests, ahead)).toBe(3)
    expect(await calls(ours, requests, ahead)).toBe(1)
  })

  it('for an option that it does not know: it throws at the second fetch', async () => {
    const second = async (make: Make) => {
      const { fetch } = make(tokenFor)
      await fetch({ roomName: 'A', tenant: 't' })
      return outcome(fetch({ roomName: 'A', tenant: 't' }))
    }
    expect(await second(upstream)).toMatchObject({ message: expect.stringContaining('tenant') })
    expect(await second(ours)).toHaveProperty('participantToken')
  })
})
