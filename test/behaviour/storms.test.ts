import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { failure, token } from '../helpers/fetcher'
import { SERVER_URL, signToken } from '../helpers/tokens'
import { callOf, DUE, events, ofType, rejection, START, scene, states, UNUSABLE, watch } from './setup'

const HOUR = 3_600_000

/** Whether no 30 s have more than ten of these moments. */
const calm = (times: readonly number[]) =>
  times.every((time, index) => time - (times[index - 10] ?? -HOUR) >= 30_000)

describe('More than ten attempts in 30 s', () => {
  it('are refused as throttled, with the moment when the next one may be', async () => {
    const { store, endpoint, clock } = scene()
    await store.fetch()
    await clock.advance(1_000)
    for (let call = 2; call <= 10; call += 1) await store.refresh()
    const error = await rejection(store.refresh())
    expect(error).toMatchObject({ name: 'TokenError', code: 'throttled', retryAt: START + 30_000 })
    expect(endpoint.calls).toHaveLength(10)
  })

  it('cost no usable token: callers without force get it', async () => {
    const { store, endpoint } = scene()
    for (let call = 1; call <= 10; call += 1) await store.refresh()
    await rejection(store.refresh())
    expect(callOf(await store.fetch())).toBe(10)
    expect(store.getSnapshot().token?.ordinal).toBe(10)
    expect(endpoint.calls).toHaveLength(10)
  })

  it('are refused to a caller without a usable token too, until it is time', async () => {
    const { store, endpoint, clock } = scene({ retry: { maxAttempts: 100, baseMs: 10 } })
    endpoint.usually(failure(500))
    const fetched = watch(store.fetch())
    await clock.advance(1_000)
    // Who waited for the retries learns what they failed for; who comes later has asked for nothing yet.
    expect(fetched.reason).toMatchObject({
      code: 'throttled',
      retryAt: START + 30_000,
      cause: { status: 500 },
      message: expect.stringContaining('"retry"'),
    })
    expect(endpoint.calls).toHaveLength(10)
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', token: null })
    const late = await rejection(store.fetch())
    expect(late).toMatchObject({ code: 'throttled' })
    expect(late.cause).toBeUndefined()
    endpoint.usually(token())
    await clock.advance(29_000)
    expect(endpoint.calls).toHaveLength(10)
    expect(callOf(await store.fetch())).toBe(11)
  })

  it('are not made possible by invalidate', async () => {
    const { store, endpoint } = scene()
    for (let call = 1; call <= 10; call += 1) {
      await store.fetch()
      store.invalidate()
    }
    expect((await rejection(store.fetch())).code).toBe('throttled')
    expect((await rejection(store.refresh())).code).toBe('throttled')
    expect(endpoint.calls).toHaveLength(10)
  })

  it('are each lifecycle’s own: another one is not throttled', async () => {
    const { store } = scene()
    for (let call = 1; call <= 10; call += 1) await store.refresh({ roomName: 'A' })
    await rejection(store.refresh({ roomName: 'A' }))
    expect(callOf(await store.fetch({ roomName: 'B' }))).toBe(11)
  })

  it('never happen, however hard one tries', async () => {
    const { store, endpoint, clock } = scene({ keepFresh: 'always', retry: { baseMs: 1, maxAttempts: 50 } })
    endpoint.usually((call, time) => (call.number % 3 === 0 ? token() : failure(500))(call, time))
    for (let tick = 0; tick < 300; tick += 1) {
      watch(store.fetch())
      watch(store.refresh())
      if (tick % 7 === 0) store.invalidate()
      await clock.advance(400)
    }
    expect(endpoint.calls.length).toBeGreaterThan(20)
    expect(calm(endpoint.times)).toBe(true)
  })
})

describe('The retryAt of an error', () => {
  it('is what is obeyed, an hour at most, whatever the server wished', async () => {
    const { store, endpoint } = scene({ retry: { maxAttempts: 1 } })
    endpoint.next(failure(503, { retryAt: START + 10 * HOUR }), failure(503, { retryAt: 1e23 }))
    expect((await rejection(store.fetch())).retryAt).toBe(START + HOUR)
    expect((await rejection(store.fetch())).retryAt).toBe(START + HOUR)
  })

  it('is none where nothing is waited for: after a refusal the next fetch asks', async () => {
    const { store, endpoint } = scene()
    endpoint.next(failure(403, { retryAt: START + HOUR }))
    expect((await rejection(store.fetch())).retryAt).toBeUndefined()
    expect(callOf(await store.fetch())).toBe(2)
  })
})

describe('A 429', () => {
  it('rejects who waits at once, and lets nobody ask for 60 s', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(429))
    const callers = [watch(store.fetch()), watch(store.fetch())]
    await settle()
    for (const { reason } of callers) {
      expect(reason).toMatchObject({ code: 'rate-limited', status: 429, retryAt: START + 60_000 })
    }
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', token: null, nextAt: START + 60_000 })
    await clock.advance(59_999)
    expect(await rejection(store.fetch())).toMatchObject({ code: 'rate-limited', retryAt: START + 60_000 })
    expect(await rejection(store.refresh())).toMatchObject({ code: 'rate-limited', retryAt: START + 60_000 })
    expect(endpoint.calls).toHaveLength(1)
    await clock.advance(1)
    expect((await store.fetch()).serverUrl).toBe(SERVER_URL)
  })

  it.each([
    ['is obeyed as long as it asks for', 5_000, 5_000],
    ['is obeyed for more than a minute', 600_000, 600_000],
    ['is obeyed for an hour at most', 5 * HOUR, HOUR],
  ])('%s', async (_fact, asks, waits) => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(429, { retryAt: START + asks }))
    expect(await rejection(store.fetch())).toMatchObject({ code: 'rate-limited', retryAt: START + waits })
    await clock.advance(waits - 1)
    expect((await rejection(store.fetch())).code).toBe('rate-limited')
    expect(endpoint.calls).toHaveLength(1)
    await clock.advance(1)
    expect(callOf(await store.fetch())).toBe(2)
  })

  it('costs no usable token; the refresh waits for its end, and a forced fetch rejects at once', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.next(failure(429))
    await until(DUE)
    expect(store.getSnapshot()).toMatchObject({
      status: 'expiring',
      token: { ordinal: 1 },
      nextAt: DUE + 60_000,
    })
    expect(store.getSnapshot().error).toMatchObject({ code: 'rate-limited', status: 429 })
    await until(DUE + 59_999)
    expect(callOf(await store.fetch())).toBe(1)
    expect((await rejection(store.refresh())).code).toBe('rate-limited')
    expect(endpoint.calls).toHaveLength(2)
    await until(DUE + 60_000)
    expect(endpoint.calls).toHaveLength(3)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', nextAt: null, error: null })
  })

  it('is not forgotten by invalidate', async () => {
    const { store, endpoint } = scene()
    endpoint.next(failure(429))
    await rejection(store.fetch())
    store.invalidate()
    expect((await rejection(store.fetch())).code).toBe('rate-limited')
    expect((await rejection(store.refresh())).code).toBe('rate-limited')
    expect(endpoint.calls).toHaveLength(1)
  })

  it('rejects a forced fetch that gets it at once, and keeps the usable token', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    endpoint.next(failure(429))
    expect(await rejection(store.refresh())).toMatchObject({ code: 'rate-limited', retryAt: START + 60_000 })
    expect(store.getSnapshot()).toMatchObject({
      status: 'valid',
      token: { ordinal: 1 },
      nextAt: START + 60_000,
    })
    expect((await rejection(store.refresh())).code).toBe('rate-limited')
    expect(endpoint.calls).toHaveLength(2)
  })

  it('limits its own lifecycle alone, and is told as an event', async () => {
    const { store, endpoint } = scene()
    const heard = events(store)
    endpoint.next(failure(429))
    await rejection(store.fetch({ roomName: 'A' }))
    expect(callOf(await store.fetch({ roomName: 'B' }))).toBe(2)
    expect(ofType(heard, 'attempt-failed')).toMatchObject([{ attempt: 1, code: 'rate-limited', status: 429 }])
  })

  it('ends a series of retries at once', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(500), failure(429))
    const fetched = watch(store.fetch())
    await clock.advance(500)
    expect(fetched.reason).toMatchObject({ code: 'rate-limited', retryAt: START + 60_500 })
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', attempt: 0 })
  })
})

describe('An endpoint whose new token', () => {
  it('expires no later than the old one counts as well, but is asked at a growing distance', async () => {
    const { store, endpoint, until } = scene()
    const answer = { serverUrl: SERVER_URL, participantToken: signToken({ issuedAt: START }) }
    endpoint.usually(() => answer)
    await store.fetch()
    store.subscribe()
    await until(UNUSABLE - 1)
    expect(store.getSnapshot().error).toBeNull()
    expect(store.getSnapshot().token).not.toBeNull()
    const times = endpoint.times.slice(1)
    expect(times[0]).toBe(480_000)
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(gaps.length).toBeGreaterThanOrEqual(2)
    expect(gaps[0]).toBeGreaterThanOrEqual(5_000)
    for (const [index, gap] of gaps.slice(1).entries()) expect(gap).toBeGreaterThan(gaps[index] ?? 0)
  })

  it('is always due on arrival is asked every 5 s at most', async () => {
    const { store, endpoint, clock } = scene()
    // From the endpoint's stock: 100 s left of 600 s, so due before it came.
    endpoint.usually((call, time) => token({ issuedAt: time.now() - 500_000 })(call, time))
    await store.fetch()
    store.subscribe()
    await clock.advance(60_000)
    const gaps = endpoint.times.slice(1).map((time, index) => time - (endpoint.times[index] ?? 0))
    expect(gaps.length).toBeGreaterThanOrEqual(3)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000)
    expect(callOf(await store.fetch())).toBeGreaterThan(1)
  })

  it('is due on arrival and short-lived is asked every quarter of its lifetime at most', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.usually((call, time) => token({ issuedAt: time.now() - 9_000, lifetimeMs: 16_000 })(call, time))
    await store.fetch()
    store.subscribe()
    await clock.advance(30_000)
    const gaps = endpoint.times.slice(1).map((time, index) => time - (endpoint.times[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4_000)
    expect(Math.min(...gaps)).toBeLessThan(5_000)
  })

  it('lives for seconds only is never refreshed more than ten times in 30 s, and still kept fresh', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.usually(token({ lifetimeMs: 4_000 }))
    await store.fetch()
    const told = states(store)
    await clock.advance(180_000)
    expect(endpoint.calls.length).toBeGreaterThan(45)
    expect(calm(endpoint.times)).toBe(true)
    expect(told.filter((state) => state.token === null || state.error)).toEqual([])
  })
})
