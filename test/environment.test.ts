// @vitest-environment jsdom
import { createTokenStore } from 'livekit-token-store'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserEnvironment } from '../src/environment'
import { simulatedClock } from './helpers/clock'
import { scriptedFetcher } from './helpers/fetcher'

const KINDS = ['online', 'offline', 'pageshow', 'visibilitychange']

/** The listeners of those kinds that were added and not removed since. */
function countListeners() {
  const open: string[] = []
  for (const target of [globalThis, document]) {
    const { addEventListener, removeEventListener } = target
    vi.spyOn(target, 'addEventListener').mockImplementation((...args: unknown[]) => {
      if (KINDS.includes(String(args[0]))) open.push(String(args[0]))
      Reflect.apply(addEventListener, target, args)
    })
    vi.spyOn(target, 'removeEventListener').mockImplementation((...args: unknown[]) => {
      const index = open.indexOf(String(args[0]))
      if (index >= 0) open.splice(index, 1)
      Reflect.apply(removeEventListener, target, args)
    })
  }
  return open
}

const visibility = (state: string) =>
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state as never)

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('A browser’s network', () => {
  it('is told at once, then at each change', () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const told: boolean[] = []
    const subscription = browserEnvironment().online$.subscribe((online) => told.push(online))
    window.dispatchEvent(new Event('online'))
    window.dispatchEvent(new Event('offline'))
    expect(told).toEqual([false, true, false])
    subscription.unsubscribe()
    window.dispatchEvent(new Event('online'))
    expect(told).toHaveLength(3)
  })

  it('is asked for at the subscription, not before', () => {
    const { online$ } = browserEnvironment()
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const told: boolean[] = []
    online$.subscribe((online) => told.push(online)).unsubscribe()
    expect(told).toEqual([false])
  })

  it.each(['navigator', 'addEventListener'])('is unknown without %s', (name) => {
    vi.stubGlobal(name, name === 'navigator' ? {} : undefined)
    const told: unknown[] = []
    browserEnvironment().online$.subscribe((online) => told.push(online))
    expect(told).toEqual([])
  })
})

describe('A browser’s waking up', () => {
  it('is a page that becomes visible or is shown again, and not one that is hidden', () => {
    let wakes = 0
    const subscription = browserEnvironment().wake$.subscribe(() => {
      wakes += 1
    })
    visibility('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    expect(wakes).toBe(0)
    visibility('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    expect(wakes).toBe(1)
    window.dispatchEvent(new Event('pageshow'))
    expect(wakes).toBe(2)
    subscription.unsubscribe()
    window.dispatchEvent(new Event('pageshow'))
    expect(wakes).toBe(2)
  })

  it.each([undefined, {}])('is unknown where the document is %j', (value) => {
    vi.stubGlobal('document', value)
    expect(() => browserEnvironment().wake$.subscribe().unsubscribe()).not.toThrow()
  })
})

describe('A store in a browser', () => {
  it('listens from its first use on, and dispose removes every listener', async () => {
    const open = countListeners()
    const clock = simulatedClock()
    const { fetchToken } = scriptedFetcher(clock)
    const store = createTokenStore({ fetchToken, clock })
    expect(open).toEqual([])
    await store.fetch()
    await store.fetch({ roomName: 'B' })
    expect([...open].sort()).toEqual([...KINDS].sort())
    store.dispose()
    expect(open).toEqual([])
    await store.fetch().catch(() => {})
    store.lifecycle()
    expect(open).toEqual([])
  })

  it('renews at a wake-up what became due while it slept', async () => {
    const clock = simulatedClock()
    const endpoint = scriptedFetcher(clock)
    const store = createTokenStore({ fetchToken: endpoint.fetchToken, clock, random: () => 0 })
    await store.fetch()
    store.subscribe()
    clock.sleep(500_000)
    visibility('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    expect(endpoint.calls).toHaveLength(2)
    store.dispose()
  })
})
