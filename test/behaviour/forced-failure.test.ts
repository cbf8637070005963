import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure } from '../helpers/fetcher'
import { callOf, events, ofType, rejection, START, scene, UNUSABLE, watch } from './setup'

const forced = { force: true }

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

  it('gives nobody the kept token when it ended while they waited', async () => {
    const { store, endpoint, clock, until } = await failedForce()
    await until(UNUSABLE - 1_000)
    endpoint.next(failure(503), byHand)
    await rejection(store.refresh())
    const fetched = watch(store.fetch())
    await settle()
    expect(fetched.status).toBe('pending')
    // The device slept: no timer has told yet that the token has ended.
    clock.sleep(5_000)
    endpoint.calls.at(-1)?.fail()
    await settle()
    expect(fetched.status).toBe('pending')
    await clock.advance(10_000)
    expect(callOf(fetched.credentials)).toBe(endpoint.calls.length)
  })
})
