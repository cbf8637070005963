import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { failure } from '../helpers/fetcher'
import { callOf, START, scene, watch } from './setup'

describe('What makes an observed lifecycle ask again after it gave up or was told to forget', () => {
  const gaveUp = async (keepFresh: 'observed' | 'always' = 'observed', observed = true) => {
    const set = scene({ keepFresh, retry: { maxAttempts: 1 } })
    set.endpoint.next(failure(500))
    if (observed) set.store.subscribe()
    watch(set.store.fetch())
    await set.clock.advance(60_000)
    expect(set.store.getSnapshot().status).toBe('failed')
    return set
  }

  it('nothing, by itself', async () => {
    for (const keepFresh of ['observed', 'always'] as const) {
      const { endpoint, clock } = await gaveUp(keepFresh)
      await clock.advance(3_600_000)
      expect(endpoint.calls).toHaveLength(1)
    }
  })

  it('a fetch', async () => {
    const { store, endpoint } = await gaveUp()
    expect(callOf(await store.fetch())).toBe(2)
    expect(endpoint.calls).toHaveLength(2)
  })

  it('the network that is back', async () => {
    const { store, endpoint, clock, online$ } = await gaveUp()
    online$.next(false)
    await clock.advance(1_000)
    expect(endpoint.calls).toHaveLength(1)
    online$.next(true)
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    expect(store.getSnapshot().status).toBe('valid')
  })

  it('the device that wakes up', async () => {
    const { store, endpoint, wake$ } = await gaveUp('always', false)
    wake$.next()
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    expect(store.getSnapshot().status).toBe('valid')
  })

  it('neither of them when nobody observes', async () => {
    const { store, endpoint, clock, online$, wake$ } = await gaveUp('observed', false)
    store.events$.subscribe()
    online$.next(false)
    online$.next(true)
    wake$.next()
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(1)
  })

  it('after invalidate nothing by itself, and the wake', async () => {
    const { store, endpoint, clock, wake$ } = scene()
    await store.fetch()
    store.subscribe()
    store.invalidate()
    await clock.advance(3_600_000)
    expect(endpoint.calls).toHaveLength(1)
    wake$.next()
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    expect(endpoint.call(2).context.reason).toBe('initial')
  })

  it('the end of a limit', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(429, { retryAt: START + 90_000 }))
    store.subscribe()
    watch(store.fetch())
    await clock.advance(89_999)
    expect(endpoint.calls).toHaveLength(1)
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', nextAt: START + 90_000 })
    await clock.advance(1)
    expect(endpoint.calls).toHaveLength(2)
    expect(store.getSnapshot().status).toBe('valid')
  })

  it('not the end of a limit when nobody observes', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(429, { retryAt: START + 90_000 }))
    watch(store.fetch())
    await clock.advance(600_000)
    expect(endpoint.calls).toHaveLength(1)
  })
})
