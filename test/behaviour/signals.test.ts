import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure } from '../helpers/fetcher'
import { callOf, scene, watch } from './setup'

describe('A caller’s signal', () => {
  it('ends that caller’s wait with its reason, and nobody else’s', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand)
    const controller = new AbortController()
    const leaves = watch(store.fetch({}, { signal: controller.signal }))
    const stays = watch(store.fetch())
    await settle()
    const reason = { why: 'the user went away' }
    controller.abort(reason)
    await settle()
    expect(leaves.status).toBe('rejected')
    expect(leaves.reason).toBe(reason)
    expect(stays.status).toBe('pending')
    endpoint.call(1).succeed()
    await settle()
    expect(callOf(stays.credentials)).toBe(1)
  })

  it('leaves the attempt alone even when nobody waits any more', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand)
    const controller = new AbortController()
    const leaves = watch(store.fetch({}, { signal: controller.signal }))
    await settle()
    controller.abort()
    await settle()
    expect(leaves.reason).toBe(controller.signal.reason)
    expect(endpoint.call(1).context.signal.aborted).toBe(false)
    expect(store.getSnapshot().status).toBe('fetching')
    endpoint.call(1).succeed()
    await settle()
    expect(store.getSnapshot().status).toBe('valid')
    expect(callOf(await store.fetch())).toBe(1)
    expect(endpoint.calls).toHaveLength(1)
  })

  it('that is aborted beforehand asks nothing and rejects with its reason', async () => {
    const { store, endpoint, clock } = scene()
    const reason = new Error('too late')
    for (const force of [false, true]) {
      const fetched = watch(store.fetch({}, { signal: AbortSignal.abort(reason), force }))
      await clock.advance(60_000)
      expect(fetched.reason).toBe(reason)
    }
    expect(endpoint.calls).toHaveLength(0)
    expect(store.getSnapshot().status).toBe('idle')
  })

  it('ends the wait over a retry too', async () => {
    const { store, endpoint } = scene()
    endpoint.next(failure(500))
    const controller = new AbortController()
    const fetched = watch(store.fetch({}, { signal: controller.signal }))
    await settle()
    expect(fetched.status).toBe('pending')
    controller.abort('enough')
    await settle()
    expect(fetched.reason).toBe('enough')
  })

  it('ends a forced caller’s wait and leaves the forced attempt alone', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    endpoint.next(byHand)
    const controller = new AbortController()
    const fetched = watch(store.lifecycle().fetch({ force: true, signal: controller.signal }))
    await settle()
    controller.abort('enough')
    await settle()
    expect(fetched.reason).toBe('enough')
    endpoint.call(2).succeed()
    await settle()
    expect(callOf(await store.fetch())).toBe(2)
  })

  it('means nothing once the fetch has settled, and keeps no listener', async () => {
    const { store, endpoint } = scene({ retry: { maxAttempts: 1 } })
    const controller = new AbortController()
    const { signal } = controller
    await store.fetch({}, { signal })
    endpoint.next(failure(500))
    await store.fetch({ roomName: 'fails' }, { signal }).catch(() => {})
    await store.fetch({}, { signal })
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    controller.abort()
    await settle()
    expect(store.getSnapshot().status).toBe('valid')
  })

  it('is not the fetcher’s: that one is the attempt’s', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand)
    const controller = new AbortController()
    watch(store.fetch({}, { signal: controller.signal }))
    await settle()
    expect(endpoint.call(1).context.signal).toBeInstanceOf(AbortSignal)
    expect(endpoint.call(1).context.signal).not.toBe(controller.signal)
  })
})
