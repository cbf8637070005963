import { createTokenStore } from 'livekit-token-store'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { inside } from '../src/inside'
import { START, simulatedClock } from './helpers/clock'
import { failure, scriptedFetcher } from './helpers/fetcher'

function scene() {
  const clock = simulatedClock()
  const endpoint = scriptedFetcher(clock)
  const store = createTokenStore({ fetchToken: endpoint.fetchToken, clock, random: () => 0 })
  onTestFinished(() => store.dispose())
  return { clock, endpoint, store, view: inside(store) }
}

describe('The inside of a store', () => {
  it.each([null, undefined, {}, { fetch() {} }])('of %j, which is no store, is a TypeError', (store) => {
    expect(() => inside(store as never)).toThrow(TypeError)
    expect(() => inside(store as never)).toThrow('"store" must be what createTokenStore returned')
  })

  it('is opened by another copy of the module too', async () => {
    const { store, view } = scene()
    vi.resetModules()
    const copy = await import('../src/inside')
    expect(copy.inside).not.toBe(inside)
    expect(copy.inside(store)).toBe(view)
  })

  it('is seen by nobody who looks at the store', () => {
    const { store } = scene()
    expect(Object.keys(store).some((key) => /inside/.test(key))).toBe(false)
    expect(Object.getOwnPropertyDescriptor(store, Symbol.for('livekit-token-store.inside'))?.enumerable).toBe(
      false,
    )
  })

  it('shows the token that is present, and asks for none', async () => {
    const { store, endpoint, view, clock } = scene()
    expect([view.present(), view.presentOfLast()]).toEqual([null, null])
    const lobby = await store.fetch({ roomName: 'lobby' })
    const usual = await store.fetch()
    expect(view.present({ roomName: 'lobby' })).toEqual(lobby)
    expect(view.present()).toEqual(usual)
    expect(view.presentOfLast()).toEqual(usual)
    expect(view.present()).not.toBe(view.present())
    clock.sleep(600_000)
    expect([view.present(), view.presentOfLast()]).toEqual([null, null])
    expect(endpoint.calls).toHaveLength(2)
  })

  it('leases a token beyond dispose, until it is no longer usable', async () => {
    const { store, view, clock } = scene()
    const credentials = await store.fetch()
    const lease = view.lease()
    store.dispose()
    expect(view.present()).toBeNull()
    expect(lease()).toEqual(credentials)
    clock.jump(590_000)
    expect(lease()).toBeNull()
  })

  it('leases it beyond a forced fetch that fails, and not beyond invalidate', async () => {
    const { store, view, endpoint } = scene()
    const credentials = await store.fetch()
    const lease = view.lease()
    endpoint.next(failure(500))
    await store.refresh().catch(() => {})
    expect(lease()).toEqual(credentials)
    store.invalidate()
    expect(lease()).toBeNull()
  })

  it('leases nothing of a request that nobody made', () => {
    expect(scene().view.lease({ roomName: 'nobody' })()).toBeNull()
  })

  // The lease keeps the end by the clock as it was.
  it('leases a token no longer because the clock was set back', async () => {
    const { store, view, clock } = scene()
    await store.fetch()
    const lease = view.lease()
    clock.jump(-3_600_000)
    expect(lease()).not.toBeNull()
    await clock.advance(660_000)
    expect(lease()).toBeNull()
  })

  it('adds an event to a request’s lifecycle, which begins with it if need be', () => {
    const { store, view } = scene()
    const told: unknown[] = []
    store.events$.subscribe((event) => told.push(event))
    view.report(undefined, { type: 'command', name: 'refresh' })
    view.report({ roomName: 'B' }, { type: 'command', name: 'invalidate' })
    expect(told).toEqual([
      { type: 'command', name: 'refresh', at: START, lifecycle: '1' },
      { type: 'command', name: 'invalidate', at: START, lifecycle: '2' },
    ])
  })
})
