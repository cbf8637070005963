import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure } from '../helpers/fetcher'
import { callOf, DUE, scene, states, statuses, UNUSABLE, watch } from './setup'

describe('A fetch of an expiring token', () => {
  it('answers at once with the present token and starts a refresh', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    await until(DUE)
    endpoint.next(byHand)
    const fetched = watch(store.fetch())
    await settle()
    expect(callOf(fetched.credentials)).toBe(1)
    expect(endpoint.calls).toHaveLength(2)
    expect(endpoint.call(2).context).toMatchObject({ reason: 'refresh', force: false, attempt: 1 })
    expect(store.getSnapshot().status).toBe('refreshing')
    endpoint.call(2).succeed()
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
    expect(callOf(await store.fetch())).toBe(2)
  })

  it('answers at once with the present token while it is refreshing, without another attempt', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    await until(DUE)
    endpoint.next(byHand)
    await store.fetch()
    const callers = Array.from({ length: 5 }, () => watch(store.fetch()))
    await settle()
    expect(callers.map((caller) => callOf(caller.credentials))).toEqual([1, 1, 1, 1, 1])
    expect(endpoint.calls).toHaveLength(2)
  })

  it('starts nothing while a retry is waiting', async () => {
    const { store, endpoint, until, clock } = scene({ random: () => 0.5, refreshJitterMs: 0 })
    await store.fetch()
    store.subscribe()
    endpoint.usually(failure(503))
    await until(DUE)
    // The first two tries have failed; the third waits for 1,000 ms.
    await clock.advance(500)
    expect(endpoint.calls).toHaveLength(3)
    const { nextAt } = store.getSnapshot()
    expect(nextAt).toBe(DUE + 1_500)
    for (let call = 0; call < 20; call += 1) expect(callOf(await store.fetch())).toBe(1)
    await clock.advance(999)
    for (let call = 0; call < 20; call += 1) expect(callOf(await store.fetch())).toBe(1)
    expect(endpoint.calls).toHaveLength(3)
    expect(store.getSnapshot()).toMatchObject({ status: 'expiring', nextAt })
    await clock.advance(1)
    expect(endpoint.calls).toHaveLength(4)
  })

  it('is answered with the present token however often the refresh fails', async () => {
    const { store, endpoint, until, clock } = scene()
    await store.fetch()
    endpoint.usually(failure())
    await until(DUE)
    while (clock.now() < UNUSABLE) {
      expect(callOf(await store.fetch())).toBe(1)
      await clock.advance(500)
    }
  })
})

describe('A token that stops being usable during its refresh', () => {
  it('leaves the attempt alone: the state becomes fetching and the same attempt answers who waits', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    await until(UNUSABLE - 2_000)
    endpoint.next(byHand)
    await store.fetch()
    const told = states(store)
    await until(UNUSABLE - 1)
    expect(store.getSnapshot().status).toBe('refreshing')
    await until(UNUSABLE)
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', token: null, attempt: 1 })
    const fetched = watch(store.fetch())
    await until(UNUSABLE + 3_000)
    expect(fetched.status).toBe('pending')
    expect(endpoint.calls).toHaveLength(2)
    expect(endpoint.call(2).context.signal.aborted).toBe(false)
    endpoint.call(2).succeed()
    await settle()
    expect(callOf(fetched.credentials)).toBe(2)
    expect(statuses(told)).toEqual(['refreshing', 'fetching', 'valid'])
  })

  it('keeps the attempt’s own time-out', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    await until(UNUSABLE - 2_000)
    endpoint.next(byHand)
    await store.fetch()
    await until(UNUSABLE + 7_999)
    expect(endpoint.call(2).context.signal.aborted).toBe(false)
    await until(UNUSABLE + 8_000)
    expect(endpoint.call(2).context.signal.aborted).toBe(true)
  })
})
