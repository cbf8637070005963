import { TokenError, type TokenRequest } from 'livekit-token-store'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Make, ours, outcome, stopTime, tokenFor, upstream } from './side-by-side'

beforeEach(stopTime)

// LiveKit's hook `useSession` fetches with force at each disconnect and at its end, and neither awaits nor
// catches; and when a start is cancelled it connects all the same as soon as the token is there.
describe("what useSession does to upstream's source, and to the store's", () => {
  it('a forced fetch that nobody catches is an unhandled rejection when the endpoint is down', async () => {
    const leave = async (make: Make) => {
      let up = true
      const { fetch } = make(async (request) => {
        if (up) return tokenFor(request)
        throw new Error('Down.')
      })
      const first = await fetch({})
      up = false
      return { first, forced: await outcome(fetch({}, true)) }
    }
    expect((await leave(upstream)).forced).toEqual(new Error('Down.'))
    const { first, forced } = await leave(ours)
    expect(forced).toEqual(first)
  })

  it('the fetcher is never told that the fetch is forced', async () => {
    const fetcher = vi.fn(async (request: TokenRequest, ..._more: unknown[]) => tokenFor(request))
    await upstream(fetcher).fetch({}, true)
    expect(fetcher.mock.calls).toEqual([[{}]])
    fetcher.mockClear()
    await ours(fetcher).fetch({}, true)
    expect(fetcher.mock.calls).toEqual([[{}, expect.objectContaining({ force: true })]])
  })

  it('a start that the user left connects when the token comes; a disposed store rejects it', async () => {
    let answer: () => void = () => {}
    const slow = (request: TokenRequest) =>
      new Promise<ReturnType<typeof tokenFor>>((resolve) => {
        answer = () => resolve(tokenFor(request))
      })
    const connect = vi.fn()
    const theirs = upstream(slow)
    const abandoned = theirs.fetch({}).then(connect)
    await outcome(abandoned)
    answer()
    await outcome(abandoned)
    expect(connect).toHaveBeenCalledTimes(1)

    connect.mockClear()
    const { fetch, store } = ours(slow)
    const starting = fetch({}).then(connect)
    await outcome(starting)
    store.dispose()
    answer()
    const rejected = await outcome(starting)
    expect(rejected).toBeInstanceOf(TokenError)
    expect(rejected).toMatchObject({ code: 'disposed' })
    expect(connect).not.toHaveBeenCalled()
  })
})
