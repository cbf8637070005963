import type { Clock } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'
import { type SimulatedClock, settle, simulatedClock } from '../helpers/clock'
import { byHand, failure, scriptedFetcher } from '../helpers/fetcher'
import { scene, watch } from './setup'

/** A clock whose handles know, as Node's timers do, whether they keep the process alive. */
function nodeLike(clock: SimulatedClock) {
  const waiting = new Set<{ held: boolean; inner: unknown; ref(): unknown; unref(): unknown }>()
  const like: Clock = {
    now: clock.now,
    setTimeout(callback, delayMs) {
      const handle = {
        held: true,
        inner: clock.setTimeout(() => {
          waiting.delete(handle)
          callback()
        }, delayMs),
        ref: () => Object.assign(handle, { held: true }),
        unref: () => Object.assign(handle, { held: false }),
      }
      waiting.add(handle)
      return handle
    },
    clearTimeout(handle) {
      for (const timer of waiting) {
        if (timer !== handle) continue
        clock.clearTimeout(timer.inner)
        waiting.delete(timer)
      }
    },
  }
  return {
    clock: like,
    keepsAlive: () => [...waiting].some((timer) => timer.held),
    waits: () => waiting.size,
  }
}

describe('In Node, timers keep the process alive', () => {
  const inNode = () => {
    const clock = simulatedClock()
    const endpoint = scriptedFetcher(clock)
    const node = nodeLike(clock)
    const { store } = scene({ clock: node.clock, fetchToken: endpoint.fetchToken, keepFresh: 'always' })
    return { clock, endpoint, node, store }
  }

  it('while a caller waits over a retry, and no longer', async () => {
    const { clock, endpoint, node, store } = inNode()
    endpoint.next(failure(500))
    watch(store.fetch())
    await settle()
    expect(node.keepsAlive()).toBe(true)
    await clock.advance(500)
    expect(store.getSnapshot().status).toBe('valid')
    expect(node.waits()).toBeGreaterThan(0)
    expect(node.keepsAlive()).toBe(false)
  })

  it('while a caller waits for a fetcher that hangs', async () => {
    const { endpoint, node, store } = inNode()
    endpoint.next(byHand)
    watch(store.fetch())
    await settle()
    expect(node.keepsAlive()).toBe(true)
  })

  it('not for a refresh in the background, nor for its retries', async () => {
    const { clock, endpoint, node, store } = inNode()
    await store.fetch()
    endpoint.usually(byHand)
    await clock.advance(485_000)
    expect(store.getSnapshot().status).toBe('refreshing')
    expect(node.keepsAlive()).toBe(false)
    await clock.advance(5_000)
    expect(store.getSnapshot().status).toBe('expiring')
    expect(node.keepsAlive()).toBe(false)
  })

  it('no longer once the only caller’s signal has ended its wait', async () => {
    const { endpoint, node, store } = inNode()
    endpoint.next(failure(500))
    const controller = new AbortController()
    watch(store.fetch({}, { signal: controller.signal }))
    await settle()
    controller.abort()
    await settle()
    expect(node.keepsAlive()).toBe(false)
  })
})
