import type { TokenStoreOptions } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure, httpError } from '../helpers/fetcher'
import { callOf, events, ofType, START, scene, states, statuses, watch } from './setup'

describe('A first fetch that fails', () => {
  it('makes 4 attempts by default, then rejects, and the state is failed', async () => {
    const { store, endpoint, clock } = scene()
    const error = httpError(503)
    endpoint.usually(() => Promise.reject(error))
    const told = states(store)
    const fetched = watch(store.fetch())
    await clock.advance(60_000)
    expect(endpoint.calls.map((call) => call.context.attempt)).toEqual([1, 2, 3, 4])
    expect(fetched.reason).toMatchObject({ name: 'TokenError', code: 'fetch-failed', status: 503 })
    expect((fetched.reason as Error).cause).toBe(error)
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', token: null, attempt: 0, nextAt: null })
    expect([...new Set(statuses(told))]).toEqual(['idle', 'fetching', 'failed'])
  })

  it('is not asked again after it gave up, observed or not', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.usually(failure(500))
    store.subscribe()
    watch(store.fetch())
    await clock.advance(3_600_000)
    expect(endpoint.calls).toHaveLength(4)
  })

  it('starts a new series at the next fetch, which may succeed', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(500), failure(500), failure(500), failure(500))
    watch(store.fetch())
    await clock.advance(60_000)
    expect(callOf(await store.fetch())).toBe(5)
    expect(endpoint.call(5).context.attempt).toBe(1)
  })

  it('resolves when a retry succeeds', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(500), failure())
    const fetched = watch(store.fetch())
    await clock.advance(10_000)
    expect(callOf(fetched.credentials)).toBe(3)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', error: null, attempt: 0, nextAt: null })
  })

  it('says in fetching what went wrong, which attempt it is and when the next one comes', async () => {
    const { store, endpoint, clock } = scene({ random: () => 0.75 })
    endpoint.next(failure(500), byHand)
    watch(store.fetch())
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', attempt: 1, nextAt: null, error: null })
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', nextAt: START + 750 })
    expect(store.getSnapshot().error).toMatchObject({ code: 'fetch-failed', status: 500 })
    await clock.advance(750)
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', attempt: 2, nextAt: null })
    expect(store.getSnapshot().error?.code).toBe('fetch-failed')
  })

  it('keeps the reason of its first try in each retry', async () => {
    const { store, endpoint, clock, until } = scene()
    endpoint.next(failure(500), failure(500))
    watch(store.fetch())
    await clock.advance(10_000)
    await until(START + 700_000)
    endpoint.next(failure(500))
    watch(store.fetch())
    await clock.advance(10_000)
    expect(endpoint.calls.map((call) => call.context.reason)).toEqual([
      'initial',
      'initial',
      'initial',
      'expired',
      'expired',
    ])
  })

  it('has its error in the state until a success', async () => {
    const { store, endpoint, clock } = scene({ retry: { maxAttempts: 1 } })
    endpoint.next(failure(502))
    watch(store.fetch())
    await settle()
    await clock.advance(100_000)
    expect(store.getSnapshot().error?.status).toBe(502)
    endpoint.next(byHand)
    watch(store.fetch())
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', attempt: 1 })
    expect(store.getSnapshot().error?.status).toBe(502)
    endpoint.call(2).succeed()
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', error: null })
  })

  it('tells each attempt and each failure as an event', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(500), failure())
    const heard = events(store)
    watch(store.fetch())
    await clock.advance(10_000)
    expect(ofType(heard, 'attempt').map(({ attempt, reason }) => [attempt, reason])).toEqual([
      [1, 'initial'],
      [2, 'initial'],
      [3, 'initial'],
    ])
    const failed = ofType(heard, 'attempt-failed')
    expect(failed).toHaveLength(2)
    expect(failed[0]).toMatchObject({ attempt: 1, code: 'fetch-failed', status: 500 })
    expect(failed[1]).toMatchObject({ attempt: 2, code: 'fetch-failed' })
    expect(failed[1]?.status).toBeUndefined()
  })
})

describe('The waits between attempts', () => {
  const waits = async (options: Partial<TokenStoreOptions>) => {
    const { store, endpoint, clock } = scene(options)
    endpoint.usually(failure(500))
    watch(store.fetch())
    await clock.advance(1_800_000)
    return endpoint.times.slice(1).map((time, index) => time - (endpoint.times[index] ?? 0))
  }
  const always = (n: number) => () => n

  it.each<[string, Partial<TokenStoreOptions>, number[]]>([
    ['start at 1 s and double, with full jitter', { random: always(0.75) }, [750, 1_500, 3_000]],
    ['are never under half a second', { random: always(0) }, [500, 500, 500]],
    ['are never under half a second, though the jitter is', { random: always(0.25) }, [500, 500, 1_000]],
    [
      'are never over 30 s',
      { random: always(0.5), retry: { baseMs: 20_000, maxAttempts: 5 } },
      [10_000, 15_000, 15_000, 15_000],
    ],
    [
      'are never over the user’s cap',
      { random: always(0.5), retry: { baseMs: 4_000, capMs: 5_000 } },
      [2_000, 2_500, 2_500],
    ],
    ['are at least the base when that is under half a second', { retry: { baseMs: 100 } }, [100, 100, 100]],
    [
      'grow up to the cap, however many there are',
      { random: always(0.5), retry: { maxAttempts: 9 } },
      [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000],
    ],
    ['are as many as maxAttempts allows: one attempt, no wait', { retry: { maxAttempts: 1 } }, []],
    ['are as many as maxAttempts allows: two attempts, one wait', { retry: { maxAttempts: 2 } }, [500]],
  ])('%s', async (_fact, options, expected) => {
    expect(await waits(options)).toEqual(expected)
  })

  it('are as long as a 5xx’s retryAt says, within the schedule', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(503, { retryAt: START + 20_000 }), failure(503))
    const fetched = watch(store.fetch())
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', nextAt: START + 20_000 })
    await clock.advance(30_000)
    expect(endpoint.times).toEqual([0, 20_000, 20_500])
    expect(callOf(fetched.credentials)).toBe(3)
  })
})
