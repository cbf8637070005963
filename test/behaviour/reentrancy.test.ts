import type { TokenEvent, TokenState, TokenStore } from 'livekit-token-store'
import { config } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure, httpError, token } from '../helpers/fetcher'
import { callOf, DUE, events, type Outcome, ofType, rejection, scene, states, statuses, watch } from './setup'

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

  it('may give up and fetch again within a notification: the second caller waits for what is under way', async () => {
    const { store, endpoint, clock } = scene({ retry: { maxAttempts: 2 } })
    endpoint.usually(failure(503))
    const first = new AbortController()
    let second: Outcome | undefined
    store.events$.subscribe(({ type }) => {
      if (type !== 'attempt' || second) return
      first.abort()
      second = watch(store.fetch())
    })
    watch(store.fetch({}, { signal: first.signal }))
    await clock.advance(60_000)
    expect(second?.reason).toMatchObject({ code: 'fetch-failed', status: 503 })
    expect(endpoint.calls).toHaveLength(2)
  })
})

describe('Who subscribes after one that calls back', () => {
  it('has the same list of lifecycles in the end', () => {
    const { store } = scene()
    store.lifecycles$.subscribe((all) => {
      if (all.length === 1) store.lifecycle({ roomName: 'b' })
    })
    const told: number[] = []
    store.lifecycles$.subscribe((all) => told.push(all.length))
    store.lifecycle({ roomName: 'a' })
    expect(told).toEqual([0, 1, 2])
  })

  it('follows the same lifecycle in the end, the one that getSnapshot tells of', async () => {
    const { store } = scene()
    await store.fetch({ roomName: 'a' })
    await store.fetch({ roomName: 'b' })
    store.subscribe((state) => {
      if (state.token?.room === 'a') watch(store.fetch({ roomName: 'b' }))
    })
    const rooms: (string | null | undefined)[] = []
    store.subscribe((state) => rooms.push(state.token?.room))
    await store.fetch({ roomName: 'a' })
    expect(rooms).toEqual(['b', 'a', 'b'])
    expect(store.getSnapshot().token?.room).toBe('b')
  })

  it('is told of the end, though the store is disposed of while it is told of something', () => {
    const { store } = scene()
    store.lifecycles$.subscribe((all) => {
      if (all.length === 1) store.dispose()
    })
    const told: (number | string)[] = []
    store.lifecycles$.subscribe({ next: (all) => told.push(all.length), complete: () => told.push('end') })
    store.lifecycle({ roomName: 'a' })
    expect(told).toEqual([0, 1, 0, 'end'])
  })

  it('leaves no timer behind when the first one disposes of the store', async () => {
    const { store, clock } = scene()
    store.subscribe((state) => {
      if (state.status === 'valid') store.dispose()
    })
    await store.fetch().catch(() => {})
    expect(clock.pending).toBe(0)
  })
})

describe('Who is told that the clock was set back, while somebody else leaves', () => {
  /** Does it once, on the first correction. */
  const onCorrection = (store: TokenStore, work: () => void) => {
    let done = false
    store.events$.subscribe(({ type }) => {
      if (type !== 'clock-corrected' || done) return
      done = true
      work()
    })
    return () => done
  }

  it('may fetch in the place of the last caller, who gives up', async () => {
    const { store, endpoint, clock } = scene({ keepFresh: 'never', retry: { maxAttempts: 1 } })
    await store.fetch()
    store.invalidate()
    endpoint.usually(byHand)
    const first = new AbortController()
    watch(store.fetch({}, { signal: first.signal }))
    let second: Outcome | undefined
    const done = onCorrection(store, () => {
      second = watch(store.fetch())
    })
    clock.jump(-3_600_000)
    first.abort()
    expect(done()).toBe(true)
    endpoint.call(2).fail(httpError(503))
    await settle()
    expect(second?.reason).toMatchObject({ code: 'fetch-failed', status: 503 })
  })

  it('may observe in the place of the last observer: the token is kept fresh', async () => {
    const { store, endpoint, clock } = scene()
    const leave = store.subscribe(() => {})
    await store.fetch()
    const done = onCorrection(store, () => store.subscribe(() => {}))
    clock.jump(-3_600_000)
    leave()
    expect(done()).toBe(true)
    await clock.advance(1_200_000)
    expect(endpoint.calls.length).toBeGreaterThan(2)
  })
})

describe('Who is told of an eviction', () => {
  /** Two lifecycles at rest, which nobody observes any more, in a store with room for one. */
  async function crowded() {
    const { store, ...rest } = scene({ maxLifecycles: 1 })
    const a = store.lifecycle({ roomName: 'a' })
    const stops = [a.subscribe(() => {})]
    const b = store.lifecycle({ roomName: 'b' })
    stops.push(b.subscribe(() => {}))
    await Promise.all([a.fetch(), b.fetch()])
    for (const stop of stops) stop()
    return { store, a, b, ...rest }
  }

  const evicted = (told: readonly TokenEvent[]) => ofType(told, 'evicted').map(({ lifecycle }) => lifecycle)

  it('may observe the next one, which is kept then', async () => {
    const { store, b } = await crowded()
    const told = events(store)
    const observed: TokenState[] = []
    let completed = false
    store.events$.subscribe(({ type, lifecycle }) => {
      if (type !== 'evicted' || lifecycle !== '1') return
      b.state$.subscribe({ next: (state) => observed.push(state), complete: () => (completed = true) })
    })
    await store.fetch({ roomName: 'c' })
    expect(evicted(told)).toEqual(['1'])
    expect(statuses(observed)).toEqual(['valid'])
    expect(completed).toBe(false)
  })

  it('may ask for another request: who asked for the first one gets it all the same', async () => {
    const { store } = scene({ maxLifecycles: 1 })
    await store.fetch({ roomName: 'a' })
    const told = events(store)
    let other: Outcome | undefined
    store.events$.subscribe(({ type }) => {
      if (type === 'evicted') other ??= watch(store.fetch({ roomName: 'b' }))
    })
    expect(callOf(await store.fetch({ roomName: 'c' }))).toBeGreaterThan(1)
    expect(other?.status).toBe('fulfilled')
    expect(evicted(told)[0]).toBe('1')
  })

  it('may have one that makes room itself come back: each is told of once, and disposing reaches all', async () => {
    const { store, endpoint } = await crowded()
    endpoint.usually(byHand)
    const told = events(store)
    let again: Outcome | undefined
    store.events$.subscribe(({ type, lifecycle }) => {
      if (type !== 'evicted') return
      if (lifecycle === '1') store.lifecycle({ roomName: 'd' })
      if (lifecycle === '2') again ??= watch(store.fetch({ roomName: 'b' }))
    })
    watch(store.fetch({ roomName: 'c' }))
    expect(new Set(evicted(told)).size).toBe(evicted(told).length)
    store.dispose()
    await settle()
    expect(again?.reason).toMatchObject({ code: 'disposed' })
  })

  it('may be told within a list of lifecycles: a new one is not put out before it was asked', async () => {
    const { store } = scene({ maxLifecycles: 1 })
    let again = true
    store.lifecycles$.subscribe((all) => {
      if (!again || all.length === 0) return
      again = false
      store.lifecycle({ roomName: 'other' })
    })
    expect(callOf(await store.fetch({ roomName: 'c' }))).toBe(1)
  })

  it('may put a lifecycle out while it corrects its clock for a caller, who is answered', async () => {
    const { store, clock } = scene({ maxLifecycles: 1, keepFresh: 'never' })
    await store.fetch({ roomName: 'a' })
    let again = true
    store.events$.subscribe(({ type }) => {
      if (type !== 'clock-corrected' || !again) return
      again = false
      store.lifecycle({ roomName: 'other' })
    })
    clock.jump(-3_600_000)
    const fetched = watch(store.fetch({ roomName: 'a' }))
    await settle()
    expect(again).toBe(false)
    expect(fetched.status).toBe('fulfilled')
  })
})
