import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure } from '../helpers/fetcher'
import { callOf, DUE, scene, watch } from './setup'

const forced = { force: true }

describe('A forced fetch', () => {
  it('asks for a new token though the present one is good, and waits for it', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    endpoint.next(byHand)
    const fetched = watch(store.fetch({}, forced))
    await settle()
    expect(fetched.status).toBe('pending')
    expect(endpoint.call(2).context).toMatchObject({ force: true, reason: 'forced', attempt: 1 })
    expect(store.getSnapshot()).toMatchObject({ status: 'refreshing', token: { ordinal: 1 } })
    endpoint.call(2).succeed()
    await settle()
    expect(callOf(fetched.credentials)).toBe(2)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
  })

  it('is what store.refresh, lifecycle.refresh and lifecycle.fetch with force make', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    expect(callOf(await store.refresh())).toBe(2)
    expect(callOf(await store.lifecycle().refresh())).toBe(3)
    expect(callOf(await store.lifecycle().fetch(forced))).toBe(4)
    expect(endpoint.calls.slice(1).every((call) => call.context.force)).toBe(true)
  })

  it('leaves callers without force the present token meanwhile', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    endpoint.next(byHand)
    watch(store.refresh())
    const unforced = watch(store.fetch())
    await settle()
    expect(callOf(unforced.credentials)).toBe(1)
    expect(endpoint.calls).toHaveLength(2)
  })

  it('shares one attempt with other forced fetches', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    endpoint.next(byHand)
    const callers = Array.from({ length: 10 }, () => watch(store.refresh()))
    await settle()
    callers.push(watch(store.refresh()))
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    endpoint.call(2).succeed()
    await settle()
    expect(callers.map((caller) => callOf(caller.credentials))).toEqual(Array(11).fill(2))
  })

  it('supersedes an unforced first attempt: aborted, its late answer dropped, its waiters get the new one', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand, byHand)
    const unforced = watch(store.fetch())
    const fetched = watch(store.refresh())
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    expect(endpoint.call(1).context.signal.aborted).toBe(true)
    endpoint.call(1).succeed()
    await settle()
    expect([unforced.status, fetched.status]).toEqual(['pending', 'pending'])
    expect(store.getSnapshot().status).toBe('fetching')
    endpoint.call(2).succeed()
    await settle()
    expect(callOf(unforced.credentials)).toBe(2)
    expect(callOf(fetched.credentials)).toBe(2)
    expect(store.getSnapshot().token?.ordinal).toBe(1)
  })

  it('supersedes an unforced refresh, and drops its late failure too', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    await until(DUE)
    endpoint.next(byHand, byHand)
    await store.fetch()
    const fetched = watch(store.refresh())
    await settle()
    expect(endpoint.call(2).context.signal.aborted).toBe(true)
    endpoint.call(2).fail()
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'refreshing', error: null })
    endpoint.call(3).succeed()
    await settle()
    expect(callOf(fetched.credentials)).toBe(3)
  })

  it('starts at once while a retry of an unforced series waits, as the first attempt of its own', async () => {
    const { store, endpoint } = scene({ random: () => 0.9 })
    endpoint.next(failure(500))
    const unforced = watch(store.fetch())
    await settle()
    const fetched = watch(store.refresh())
    await settle()
    expect(endpoint.times).toEqual([0, 0])
    expect(endpoint.call(2).context.attempt).toBe(1)
    expect(callOf(fetched.credentials)).toBe(2)
    expect(callOf(unforced.credentials)).toBe(2)
  })

  it('is not delayed by the least time between refreshes', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    for (let call = 0; call < 5; call += 1) await store.refresh()
    expect(endpoint.times).toEqual([0, 0, 0, 0, 0, 0])
  })
})

describe('A forced fetch without a usable token', () => {
  it('retries as a first fetch does', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(500), failure(500))
    const fetched = watch(store.refresh())
    await clock.advance(10_000)
    expect(callOf(fetched.credentials)).toBe(3)
    expect(endpoint.calls.map((call) => call.context.attempt)).toEqual([1, 2, 3])
  })

  it('rejects after four attempts', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.usually(failure(500))
    const fetched = watch(store.refresh())
    await clock.advance(1_000)
    expect(fetched.status).toBe('pending')
    await clock.advance(60_000)
    expect(fetched.reason).toMatchObject({ code: 'fetch-failed' })
    expect(endpoint.calls).toHaveLength(4)
    expect(store.getSnapshot().status).toBe('failed')
  })
})
