import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { failure, token } from '../helpers/fetcher'
import { callOf, DUE, START, scene, states, statuses, UNUSABLE, watch } from './setup'

const DAY = 86_400_000

describe('A token that lives for weeks', () => {
  it.each([30, 60])(
    'of %i days is renewed on time, with no delay that an engine cannot hold',
    async (days) => {
      const { store, endpoint, clock, until } = scene()
      endpoint.usually(token({ lifetimeMs: days * DAY }))
      await store.fetch()
      store.subscribe()
      const due = START + days * DAY - 120_000
      expect(store.getSnapshot().token?.refreshAt).toBe(due)
      // Looked at before time moves too: with a delay that fires at once it would hardly move.
      expect(Math.max(...clock.delays)).toBeLessThanOrEqual(2 ** 31 - 1)
      await until(due - 1)
      expect(endpoint.calls).toHaveLength(1)
      expect(store.getSnapshot().status).toBe('valid')
      await until(due)
      expect(endpoint.calls).toHaveLength(2)
      expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
      expect(Math.max(...clock.delays)).toBeLessThanOrEqual(2 ** 31 - 1)
    },
  )

  it('keeps a true status to its end, unobserved', async () => {
    const { store, endpoint, clock, until } = scene()
    endpoint.usually(token({ lifetimeMs: 30 * DAY }))
    await store.fetch()
    const end = START + 30 * DAY - 10_000
    expect(Math.max(...clock.delays)).toBeLessThanOrEqual(2 ** 31 - 1)
    await until(end - 1)
    expect(store.getSnapshot().status).toBe('expiring')
    await until(end)
    expect(store.getSnapshot().status).toBe('idle')
    expect(Math.max(...clock.delays)).toBeLessThanOrEqual(2 ** 31 - 1)
  })

  it('is met by a retryAt that is far away without such a delay', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(503, { retryAt: START + 60 * DAY }))
    watch(store.fetch())
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(1)
    expect(Math.max(...clock.delays)).toBeLessThanOrEqual(2 ** 31 - 1)
  })
})

describe('A deadline', () => {
  it('is absolute: a wall clock that is put forward is noticed within a minute', async () => {
    const { store, endpoint, clock } = scene()
    await store.fetch()
    store.subscribe()
    clock.jump(500_000)
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(2)
  })

  it('is met late, not lost, by a device that slept', async () => {
    const { store, endpoint, clock } = scene()
    await store.fetch()
    store.subscribe()
    clock.sleep(8 * 3_600_000)
    await clock.advance(1)
    expect(endpoint.calls).toHaveLength(2)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
  })
})

describe('A wake', () => {
  it('has deadlines checked again before any timer runs: the refresh that is due is made', async () => {
    const { store, endpoint, clock, wake$ } = scene()
    await store.fetch()
    const told = states(store)
    clock.sleep(500_000)
    wake$.next()
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    expect(statuses(told)).toEqual(['valid', 'expiring', 'refreshing', 'valid'])
  })

  it('finds a token that ended meanwhile gone, unobserved', async () => {
    const { store, endpoint, clock, wake$ } = scene()
    await store.fetch()
    clock.sleep(8 * 3_600_000)
    wake$.next()
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'idle', token: null })
    expect(endpoint.calls).toHaveLength(1)
  })

  it('changes nothing when nothing is due', async () => {
    const { store, endpoint, clock, wake$ } = scene()
    await store.fetch()
    const told = states(store)
    await clock.advance(10_000)
    wake$.next()
    await clock.advance(10_000)
    expect(statuses(told)).toEqual(['valid'])
    expect(endpoint.calls).toHaveLength(1)
  })

  it('shortens no retry’s wait', async () => {
    const { store, endpoint, clock, wake$ } = scene({ random: () => 0.999, retry: { baseMs: 20_000 } })
    endpoint.next(failure(500))
    watch(store.fetch())
    await clock.advance(10_000)
    wake$.next()
    await clock.advance(9_000)
    expect(endpoint.calls).toHaveLength(1)
    await clock.advance(1_000)
    expect(endpoint.times).toEqual([0, 19_980])
  })

  it('runs a retry whose moment passed during the sleep', async () => {
    const { store, endpoint, clock, wake$ } = scene()
    endpoint.next(failure(500))
    const fetched = watch(store.fetch())
    await settle()
    clock.sleep(600_000)
    wake$.next()
    await settle()
    expect(callOf(fetched.credentials)).toBe(2)
  })

  it('counts at most every 5 s, however many there are', async () => {
    const { store, endpoint, clock, wake$ } = scene({ retry: { maxAttempts: 1 } })
    endpoint.usually(failure(500))
    store.subscribe()
    watch(store.fetch())
    await clock.advance(60_000)
    const before = endpoint.calls.length
    for (let tick = 0; tick < 40; tick += 1) {
      wake$.next()
      wake$.next()
      await clock.advance(500)
    }
    const asked = endpoint.times.slice(before)
    expect(asked.length).toBeGreaterThanOrEqual(3)
    for (const [index, time] of asked.slice(1).entries())
      expect(time - (asked[index] ?? 0)).toBeGreaterThanOrEqual(5_000)
  })
})

describe('Offline', () => {
  it('retries wait, and run at once when the network is back', async () => {
    const { store, endpoint, clock, online$ } = scene()
    endpoint.next(failure())
    const fetched = watch(store.fetch())
    await settle()
    online$.next(false)
    await clock.advance(300_000)
    expect(endpoint.calls).toHaveLength(1)
    expect(fetched.status).toBe('pending')
    online$.next(true)
    await settle()
    expect(endpoint.times).toEqual([0, 300_000])
    expect(callOf(fetched.credentials)).toBe(2)
  })

  it('ends before a retry’s moment: the retry runs at once all the same', async () => {
    const { store, endpoint, clock, online$ } = scene({ random: () => 0.9, retry: { baseMs: 30_000 } })
    endpoint.next(failure())
    watch(store.fetch())
    await settle()
    online$.next(false)
    await clock.advance(2_000)
    online$.next(true)
    await settle()
    expect(endpoint.times).toEqual([0, 2_000])
  })

  it('keeps a usable token meanwhile, whose retries wait', async () => {
    const { store, endpoint, until, online$ } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.next(failure())
    await until(DUE)
    online$.next(false)
    await until(UNUSABLE - 1)
    expect(endpoint.calls).toHaveLength(2)
    expect(callOf(await store.fetch())).toBe(1)
    online$.next(true)
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
  })

  it('is what true ends only after false: true alone runs nothing', async () => {
    const { store, endpoint, clock, online$ } = scene({ random: () => 0.9, retry: { baseMs: 30_000 } })
    endpoint.next(failure())
    watch(store.fetch())
    await settle()
    online$.next(true)
    online$.next(true)
    await clock.advance(26_999)
    expect(endpoint.calls).toHaveLength(1)
    await clock.advance(1)
    expect(endpoint.calls).toHaveLength(2)
  })

  it('ends without a try before a limit does', async () => {
    const { store, endpoint, clock, until, online$ } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.next(failure(429))
    await until(DUE)
    online$.next(false)
    await clock.advance(1_000)
    online$.next(true)
    await clock.advance(58_999)
    expect(endpoint.calls).toHaveLength(2)
    await clock.advance(1)
    expect(endpoint.calls).toHaveLength(3)
  })

  it.each(['online$', 'wake$'] as const)('may be unknown: an environment with %s alone does', async (key) => {
    const { online$, wake$ } = scene()
    const { store, endpoint, until } = scene({ environment: key === 'online$' ? { online$ } : { wake$ } })
    await store.fetch()
    store.subscribe()
    await until(DUE)
    expect(endpoint.calls).toHaveLength(2)
  })
})
