import { TokenError } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure } from '../helpers/fetcher'
import { callOf, DUE, events, ofType, rejection, START, scene, states, watch } from './setup'

describe('invalidate', () => {
  it('forgets the token: idle, no error, nothing planned, and the next fetch asks for an initial one', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    store.invalidate()
    expect(store.getSnapshot()).toMatchObject({ status: 'idle', token: null, attempt: 0, nextAt: null })
    expect(endpoint.calls).toHaveLength(1)
    expect(callOf(await store.fetch())).toBe(2)
    expect(endpoint.call(2).context).toMatchObject({ reason: 'initial', attempt: 1, force: false })
  })

  it('asks for nothing by itself, though the lifecycle is observed', async () => {
    const { store, endpoint, clock } = scene()
    await store.fetch()
    store.subscribe()
    store.invalidate()
    await clock.advance(3_600_000)
    expect(endpoint.calls).toHaveLength(1)
  })

  it('without an argument forgets all, with a request that one, with {} the default request', async () => {
    const { store } = scene()
    const rooms = [{}, { roomName: 'A' }, { roomName: 'B' }]
    const present = () => rooms.map((room) => store.lifecycle(room).getSnapshot().status)
    for (const room of rooms) await store.fetch(room)
    store.invalidate({})
    expect(present()).toEqual(['idle', 'valid', 'valid'])
    store.invalidate({ roomName: 'A' })
    expect(present()).toEqual(['idle', 'idle', 'valid'])
    await store.fetch()
    store.invalidate()
    expect(present()).toEqual(['idle', 'idle', 'idle'])
  })

  it('of a handle forgets that token alone', async () => {
    const { store } = scene()
    await store.fetch({ roomName: 'A' })
    await store.fetch({ roomName: 'B' })
    store.lifecycle({ roomName: 'A' }).invalidate()
    expect(store.lifecycle({ roomName: 'A' }).getSnapshot().status).toBe('idle')
    expect(store.lifecycle({ roomName: 'B' }).getSnapshot().status).toBe('valid')
  })

  it('aborts the attempt and gives who waits the next one, which is an initial one', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand, byHand)
    const fetched = watch(store.fetch())
    await settle()
    store.invalidate()
    await settle()
    expect(endpoint.call(1).context.signal.aborted).toBe(true)
    expect(endpoint.calls).toHaveLength(2)
    expect(endpoint.call(2).context).toMatchObject({ reason: 'initial', attempt: 1 })
    endpoint.call(1).succeed()
    await settle()
    expect(fetched.status).toBe('pending')
    endpoint.call(2).succeed()
    await settle()
    expect(callOf(fetched.credentials)).toBe(2)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid' })
  })

  it('aborts a refresh for which nobody waits, drops its late answer and stays idle', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.next(byHand)
    await until(DUE)
    store.invalidate()
    expect(endpoint.call(2).context.signal.aborted).toBe(true)
    endpoint.call(2).succeed()
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'idle', token: null })
    expect(endpoint.calls).toHaveLength(2)
  })

  it('ends a series of retries for which somebody waits and begins another', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(500), failure(500))
    const fetched = watch(store.fetch())
    await clock.advance(600)
    store.invalidate()
    await clock.advance(10_000)
    expect(callOf(fetched.credentials)).toBe(3)
    expect(endpoint.call(3).context).toMatchObject({ attempt: 1, reason: 'initial' })
  })

  it('gives forced callers the next attempt too', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    endpoint.next(byHand)
    const fetched = watch(store.refresh())
    await settle()
    store.invalidate()
    await settle()
    expect(callOf(fetched.credentials)).toBe(3)
  })

  it('is told as an event, and of nothing when there is no such lifecycle', async () => {
    const { store } = scene()
    await store.fetch({ roomName: 'A' })
    const heard = events(store)
    store.invalidate({ roomName: 'never asked for' })
    expect(ofType(heard, 'invalidated')).toEqual([])
    store.invalidate({ roomName: 'A' })
    expect(ofType(heard, 'invalidated')).toEqual([{ type: 'invalidated', at: START, lifecycle: '1' }])
  })
})

describe('dispose', () => {
  it('rejects who waits with the code disposed, forced or not, also over a retry', async () => {
    const { store, endpoint } = scene()
    await store.fetch({ roomName: 'A' })
    endpoint.next(byHand, byHand, failure(500))
    const waits = [
      watch(store.refresh({ roomName: 'A' })),
      watch(store.fetch({ roomName: 'B' })),
      watch(store.fetch({ roomName: 'B' })),
      watch(store.fetch({ roomName: 'C' })),
    ]
    await settle()
    store.dispose()
    await settle()
    for (const wait of waits) {
      expect(wait.reason).toBeInstanceOf(TokenError)
      expect(wait.reason).toMatchObject({ code: 'disposed' })
    }
  })

  it('aborts the attempt and drops its late answer', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand)
    watch(store.fetch())
    await settle()
    const told = states(store)
    store.dispose()
    const { length } = told
    expect(endpoint.call(1).context.signal.aborted).toBe(true)
    endpoint.call(1).succeed()
    await settle()
    expect(told).toHaveLength(length)
    expect(store.getSnapshot().token).toBeNull()
  })

  it('leaves no timer, whatever was going on', async () => {
    const { store, endpoint, clock, until } = scene({ keepFresh: 'always' })
    await store.fetch({ roomName: 'valid' })
    store.lifecycle({ roomName: 'valid' }).remaining$().subscribe()
    endpoint.next(failure(500), byHand, failure(429))
    watch(store.fetch({ roomName: 'waits for a retry' }))
    watch(store.fetch({ roomName: 'hangs' }))
    watch(store.fetch({ roomName: 'is limited' }))
    await until(DUE - 479_900)
    expect(clock.pending).toBeGreaterThan(0)
    store.dispose()
    expect(clock.pending).toBe(0)
    await clock.advance(3_600_000)
    expect(endpoint.calls).toHaveLength(4)
  })

  it('leaves no listener on the environment', async () => {
    const { store, online$, wake$ } = scene({ keepFresh: 'always' })
    await store.fetch()
    store.dispose()
    expect(online$.observed).toBe(false)
    expect(wake$.observed).toBe(false)
  })

  it('rejects every later fetch, and asks nothing', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    const handle = store.lifecycle()
    store.dispose()
    for (const late of [store.fetch(), store.refresh(), handle.fetch(), store.fetch({ roomName: 'B' })]) {
      expect(await rejection(late)).toMatchObject({ name: 'TokenError', code: 'disposed' })
    }
    expect(endpoint.calls).toHaveLength(1)
  })

  it('may be called twice, and by a using declaration', async () => {
    const { store, clock } = scene({ keepFresh: 'always' })
    await store.fetch()
    const heard = events(store)
    store[Symbol.dispose]()
    store.dispose()
    expect(clock.pending).toBe(0)
    expect(ofType(heard, 'disposed').length).toBeGreaterThan(0)
    expect((await rejection(store.fetch())).code).toBe('disposed')
  })

  it('frees its name once: by the second time another store may have it', () => {
    const name = 'the lobby’s tokens'
    const { store: first } = scene({ name })
    first.dispose()
    const { store: second } = scene({ name })
    first.dispose()
    const { store: third } = scene({ name })
    expect([first, second, third].map((store) => store.name)).toEqual([name, name, `${name}-2`])
  })

  it('lets invalidate, subscribe and getSnapshot be called afterwards', async () => {
    const { store, clock } = scene()
    await store.fetch()
    store.dispose()
    expect(() => {
      store.invalidate()
      store.subscribe(() => {})()
      store.getSnapshot()
      store.lifecycle({ roomName: 'new' }).getSnapshot()
    }).not.toThrow()
    await clock.advance(60_000)
    expect(clock.pending).toBe(0)
  })
})
