import type { TokenState } from 'livekit-token-store'
import { config } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure, token } from '../helpers/fetcher'
import { callOf, DUE, events, rejection, scene, states, statuses, watch } from './setup'

describe('A subscriber that throws', () => {
  // However a subscriber's error is reported, it is reported to nobody in particular: not a failure of these tests.
  let theirs: NodeJS.UncaughtExceptionListener[] = []
  const ignore = () => {}
  const silent = () => {
    throw new Error('a subscriber’s own mistake')
  }

  beforeEach(() => {
    config.onUnhandledError = ignore
    vi.stubGlobal('reportError', ignore)
    vi.spyOn(console, 'error').mockImplementation(ignore)
    theirs = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', ignore)
  })

  afterEach(async () => {
    // What was thrown in a task of its own arrives within the next turns of the event loop.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve))
    process.removeAllListeners('uncaughtException')
    for (const listener of theirs) process.on('uncaughtException', listener)
    config.onUnhandledError = null
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  it('of store.subscribe breaks neither the fetch nor who else listens', async () => {
    const { store, endpoint, until } = scene()
    expect(() => store.subscribe(silent)).not.toThrow()
    const told = states(store)
    expect(callOf(await store.fetch())).toBe(1)
    await until(DUE)
    expect(statuses(told)).toEqual(['idle', 'fetching', 'valid', 'expiring', 'refreshing', 'valid'])
    expect(endpoint.calls).toHaveLength(2)
    store.dispose()
  })

  it('of a stream breaks neither the fetch nor who else listens', async () => {
    const { store, until } = scene()
    store.events$.subscribe(silent)
    store.state$.subscribe(silent)
    store.lifecycles$.subscribe(silent)
    store.lifecycle().state$.subscribe(silent)
    store.lifecycle().status$.subscribe(silent)
    store.lifecycle().remaining$().subscribe(silent)
    const told = states(store)
    const heard = events(store)
    expect(callOf(await store.fetch())).toBe(1)
    await until(DUE)
    expect(statuses(told)).toEqual(['idle', 'fetching', 'valid', 'expiring', 'refreshing', 'valid'])
    expect(heard.filter((event) => event.type === 'state')).toHaveLength(5)
    store.dispose()
  })

  it('only sometimes is told of the next state all the same', async () => {
    const { store } = scene()
    const told: string[] = []
    store.subscribe((state) => {
      told.push(state.status)
      if (state.status === 'fetching') silent()
    })
    await store.fetch()
    expect(told).toEqual(['idle', 'fetching', 'valid'])
    store.dispose()
  })

  it('does not keep dispose from ending everything', async () => {
    const { store, clock } = scene({ keepFresh: 'always' })
    store.events$.subscribe(silent)
    store.subscribe(silent)
    await store.fetch()
    store.dispose()
    expect(clock.pending).toBe(0)
    expect((await rejection(store.fetch())).code).toBe('disposed')
  })
})

describe('A subscriber that calls back into the store', () => {
  it('may fetch on every state, and joins what is under way', async () => {
    const { store, endpoint } = scene()
    const got: Promise<number>[] = []
    store.subscribe((state) => {
      if (state.status !== 'idle') got.push(store.fetch().then(callOf))
    })
    await store.fetch()
    await settle()
    expect(endpoint.calls).toHaveLength(1)
    expect(await Promise.all(got)).toEqual(Array(got.length).fill(1))
    expect(got.length).toBeGreaterThanOrEqual(2)
  })

  it('may ask for the first token within its own subscription', async () => {
    const { store, endpoint } = scene()
    const told: string[] = []
    store.subscribe((state) => {
      told.push(state.status)
      if (state.status === 'idle') watch(store.fetch())
    })
    await settle()
    expect(told).toEqual(['idle', 'fetching', 'valid'])
    expect(endpoint.calls).toHaveLength(1)
  })

  it('may refresh once it is valid: every other subscriber sees one true order of states', async () => {
    const { store, endpoint } = scene()
    let again = true
    const before = states(store)
    store.subscribe((state) => {
      if (state.status !== 'valid' || !again) return
      again = false
      watch(store.refresh())
    })
    const after = states(store)
    await store.fetch()
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    const order = ['idle', 'fetching', 'valid', 'refreshing', 'valid']
    expect(statuses(before)).toEqual(order)
    expect(statuses(after)).toEqual(order)
    expect(after.at(-1)?.token?.ordinal).toBe(2)
  })

  it('may invalidate a token as it comes, and the caller still gets an answer', async () => {
    const { store } = scene()
    let again = true
    const told = states(store)
    store.subscribe((state) => {
      if (state.status !== 'valid' || !again) return
      again = false
      store.invalidate()
    })
    const fetched = watch(store.fetch())
    await settle()
    expect(fetched.status).toBe('fulfilled')
    expect(statuses(told).slice(0, 4)).toEqual(['idle', 'fetching', 'valid', 'idle'])
  })

  it('may dispose of it in the midst of everything', async () => {
    const { store, clock, endpoint } = scene()
    endpoint.usually(byHand)
    store.subscribe((state) => {
      if (state.status === 'fetching') store.dispose()
    })
    const fetched = watch(store.fetch())
    await settle()
    expect(fetched.reason).toMatchObject({ code: 'disposed' })
    expect(clock.pending).toBe(0)
  })

  it('may unsubscribe itself, or another, within a notification', async () => {
    const { store } = scene()
    const told: string[] = []
    const leave = store.subscribe((state) => {
      told.push(state.status)
      if (state.status === 'fetching') leave()
    })
    const stays = states(store)
    await store.fetch()
    expect(told).toEqual(['idle', 'fetching'])
    expect(statuses(stays)).toEqual(['idle', 'fetching', 'valid'])
  })

  it('may fetch from events$, and nothing goes round for ever', async () => {
    const { store, endpoint, clock } = scene()
    store.events$.subscribe(() => watch(store.fetch()))
    await store.fetch()
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(1)
  })

  it('finds by getSnapshot the very state that it is told', async () => {
    const { store, endpoint, until } = scene()
    const handle = store.lifecycle()
    const pairs: [TokenState, TokenState][] = []
    const note = (of: { getSnapshot(): TokenState }) => (state: TokenState) =>
      pairs.push([state, of.getSnapshot()])
    await store.fetch()
    store.subscribe(note(store))
    handle.subscribe(note(handle))
    store.state$.subscribe(note(store))
    handle.state$.subscribe(note(handle))
    endpoint.next(failure(500))
    await until(DUE + 1_000)
    watch(store.refresh())
    await settle()
    store.invalidate()
    expect(pairs.length).toBeGreaterThan(30)
    for (const [told, snapshot] of pairs) expect(snapshot).toBe(told)
  })

  it('finds it even when another subscriber before it has called back', async () => {
    const { store, endpoint } = scene()
    endpoint.usually(token())
    let again = true
    store.subscribe((state) => {
      if (state.status !== 'valid' || !again) return
      again = false
      watch(store.refresh())
    })
    const pairs: [string, string][] = []
    store.subscribe((state) => pairs.push([state.status, store.getSnapshot().status]))
    await store.fetch()
    await settle()
    expect(pairs.map(([told]) => told)).toEqual(['idle', 'fetching', 'valid', 'refreshing', 'valid'])
    for (const [told, snapshot] of pairs) expect(snapshot).toBe(told)
  })
})
