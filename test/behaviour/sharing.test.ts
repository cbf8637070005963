import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure, httpError } from '../helpers/fetcher'
import { callOf, claims, scene, UNUSABLE, watch } from './setup'

describe('Callers of the same request', () => {
  it('share one attempt', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand)
    const callers = Array.from({ length: 20 }, () => watch(store.fetch({ roomName: 'A' })))
    await settle()
    callers.push(watch(store.fetch({ roomName: 'A' })))
    expect(endpoint.calls).toHaveLength(1)
    endpoint.call(1).succeed()
    await settle()
    expect(callers.map((caller) => callOf(caller.credentials))).toEqual(Array(21).fill(1))
  })

  it('share one failure, and the attempts that led to it', async () => {
    const { store, endpoint, clock } = scene()
    const error = httpError(500)
    endpoint.usually(() => Promise.reject(error))
    const callers = [watch(store.fetch()), watch(store.fetch())]
    await clock.advance(600)
    callers.push(watch(store.fetch()))
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(4)
    for (const { reason } of callers) expect(reason).toMatchObject({ code: 'fetch-failed', cause: error })
  })

  it('share the attempt that renews an ended token', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    await until(UNUSABLE)
    const callers = [watch(store.fetch()), watch(store.fetch()), watch(store.lifecycle().fetch())]
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    expect(callers.map((caller) => callOf(caller.credentials))).toEqual([2, 2, 2])
  })

  it('never have two attempts under way', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.usually(byHand)
    for (let round = 0; round < 30; round += 1) {
      watch(store.fetch())
      if (round % 3 === 0) watch(store.refresh())
      await clock.advance(1_500)
      const live = endpoint.calls.filter((call) => !call.context.signal.aborted)
      expect(live.length).toBeLessThanOrEqual(1)
    }
  })
})

describe('Callers of different requests', () => {
  it('run side by side, none waiting for another', async () => {
    const { store, endpoint } = scene()
    endpoint.usually(byHand)
    const a = watch(store.fetch({ roomName: 'A' }))
    const b = watch(store.fetch({ roomName: 'B' }))
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    endpoint.call(2).succeed()
    await settle()
    expect([a.status, b.status]).toEqual(['pending', 'fulfilled'])
  })

  it('do not share a failure', async () => {
    const { store, endpoint, clock } = scene({ retry: { maxAttempts: 1 } })
    endpoint.next(failure(500))
    const a = watch(store.fetch({ roomName: 'A' }))
    const b = watch(store.fetch({ roomName: 'B' }))
    await clock.advance(60_000)
    expect([a.status, b.status]).toEqual(['rejected', 'fulfilled'])
  })

  it('make ten calls of the fetcher for 1,000 concurrent fetches of ten requests', async () => {
    const { store, endpoint } = scene()
    endpoint.usually(byHand)
    const callers = Array.from({ length: 1_000 }, (_, index) =>
      watch(store.fetch({ roomName: `room ${index % 10}`, participantAttributes: { seat: 'front' } })),
    )
    await settle()
    expect(endpoint.calls).toHaveLength(10)
    for (const call of endpoint.calls) call.succeed()
    await settle()
    expect(endpoint.calls).toHaveLength(10)
    for (const [index, caller] of callers.entries()) {
      expect(claims(caller.credentials).video).toMatchObject({ room: `room ${index % 10}` })
    }
  })
})
