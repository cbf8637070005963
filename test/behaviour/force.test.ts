import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure } from '../helpers/fetcher'
import { callOf, DUE, events, ofType, rejection, START, scene, watch } from './setup'

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

describe('A forced fetch that fails though there is a usable token', () => {
  const failedForce = async () => {
    const set = scene({ random: () => 0.9 })
    await set.store.fetch()
    set.endpoint.next(failure(503))
    const callers = [set.store.refresh(), set.store.refresh(), set.store.fetch({}, forced)]
    const errors = await Promise.all(callers.map(rejection))
    await settle()
    return { ...set, errors }
  }

  it('is one attempt, and rejects every forced caller at once', async () => {
    const { endpoint, errors, clock } = await failedForce()
    expect(errors.map((error) => [error.code, error.status])).toEqual(Array(3).fill(['fetch-failed', 503]))
    expect(endpoint.calls).toHaveLength(2)
    expect(clock.now()).toBe(START)
  })

  it('keeps the token, with the error in the state', async () => {
    const { store } = await failedForce()
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 1 } })
    expect(store.getSnapshot().error).toMatchObject({ code: 'fetch-failed', status: 503 })
  })

  it('is followed by retries, observed', async () => {
    const { store, endpoint, clock } = await failedForce()
    store.subscribe()
    expect(store.getSnapshot().nextAt).toBe(START + 900)
    await clock.advance(900)
    expect(endpoint.calls).toHaveLength(3)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', error: null, token: { ordinal: 2 } })
  })

  it('makes the next unforced fetch start an attempt and wait for it', async () => {
    const { store, endpoint } = await failedForce()
    endpoint.next(byHand)
    const fetched = watch(store.fetch())
    await settle()
    expect(endpoint.calls).toHaveLength(3)
    expect(fetched.status).toBe('pending')
    expect(store.getSnapshot().status).toBe('refreshing')
    endpoint.call(3).succeed()
    await settle()
    expect(callOf(fetched.credentials)).toBe(3)
  })

  it('gives that fetch the kept token if its attempt fails too', async () => {
    const { store, endpoint } = await failedForce()
    endpoint.next(failure(500))
    const fetched = watch(store.fetch())
    await settle()
    expect(callOf(fetched.credentials)).toBe(1)
    expect(endpoint.calls).toHaveLength(3)
  })

  it('answers later unforced fetches at once with the kept token', async () => {
    const { store, endpoint } = await failedForce()
    endpoint.next(byHand)
    const next = watch(store.fetch())
    const later = watch(store.fetch())
    await settle()
    expect(next.status).toBe('pending')
    expect(callOf(later.credentials)).toBe(1)
    endpoint.call(3).fail()
    await settle()
    expect(callOf(next.credentials)).toBe(1)
    expect(callOf(await store.fetch())).toBe(1)
    expect(endpoint.calls).toHaveLength(3)
  })

  it('lets the next unforced fetch join a retry that is under way', async () => {
    const { store, endpoint, clock } = await failedForce()
    store.subscribe()
    endpoint.next(byHand)
    await clock.advance(900)
    expect(store.getSnapshot().status).toBe('refreshing')
    const fetched = watch(store.fetch())
    await settle()
    expect(fetched.status).toBe('pending')
    expect(endpoint.calls).toHaveLength(3)
    endpoint.call(3).succeed()
    await settle()
    expect(callOf(fetched.credentials)).toBe(3)
  })

  it('is over once a retry has succeeded: the next fetch is answered at once', async () => {
    const { store, endpoint, clock } = await failedForce()
    store.subscribe()
    await clock.advance(900)
    expect(callOf(await store.fetch())).toBe(3)
    expect(endpoint.calls).toHaveLength(3)
  })

  it('tells who failed as an event', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    const heard = events(store)
    endpoint.next(failure(503))
    await rejection(store.refresh())
    expect(ofType(heard, 'attempt')).toMatchObject([{ attempt: 1, reason: 'forced' }])
    expect(ofType(heard, 'attempt-failed')).toMatchObject([{ code: 'fetch-failed', status: 503 }])
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
