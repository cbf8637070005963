import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand } from '../helpers/fetcher'
import { callOf, DUE, events, ofType, type Scene, scene, UNUSABLE, watch } from './setup'

const rooms = ({ store }: Scene) => {
  let list: (string | undefined)[] = []
  store.lifecycles$
    .subscribe((all) => {
      list = all.map((one) => one.request.roomName)
    })
    .unsubscribe()
  return list
}

describe('The lifecycles kept', () => {
  it('are 100 by default: the one that comes next ends the least recently used', async () => {
    const set = scene()
    const heard = events(set.store)
    for (let room = 1; room <= 100; room += 1) await set.store.fetch({ roomName: String(room) })
    expect(ofType(heard, 'evicted')).toEqual([])
    await set.store.fetch({ roomName: '101' })
    expect(ofType(heard, 'evicted').map((event) => event.lifecycle)).toEqual(['1'])
    expect(rooms(set)).toHaveLength(100)
    await set.store.fetch({ roomName: '2' })
    expect(set.endpoint.calls).toHaveLength(101)
    await set.store.fetch({ roomName: '1' })
    expect(set.endpoint.calls).toHaveLength(102)
  })

  it('are as many as maxLifecycles says', async () => {
    const set = scene({ maxLifecycles: 2 })
    for (const roomName of ['A', 'B', 'C']) await set.store.fetch({ roomName })
    expect(rooms(set)).toEqual(['B', 'C'])
  })

  it('lose the least recently used, not the eldest: a cache hit is a use', async () => {
    const set = scene({ maxLifecycles: 2 })
    await set.store.fetch({ roomName: 'A' })
    await set.store.fetch({ roomName: 'B' })
    await set.store.fetch({ roomName: 'A' })
    await set.store.fetch({ roomName: 'C' })
    expect(rooms(set)).toEqual(['A', 'C'])
  })

  it('never lose one that is observed', async () => {
    const set = scene({ maxLifecycles: 2 })
    await set.store.fetch({ roomName: 'A' })
    const stop = set.store.lifecycle({ roomName: 'A' }).subscribe()
    for (const roomName of ['B', 'C', 'D']) await set.store.fetch({ roomName })
    expect(rooms(set)).toContain('A')
    expect(callOf(await set.store.fetch({ roomName: 'A' }))).toBe(1)
    stop()
  })

  it('never lose one that somebody waits for', async () => {
    const set = scene({ maxLifecycles: 1 })
    set.endpoint.next(byHand)
    const waits = watch(set.store.fetch({ roomName: 'A' }))
    for (const roomName of ['B', 'C', 'D']) await set.store.fetch({ roomName })
    set.endpoint.call(1).succeed()
    await settle()
    expect(callOf(waits.credentials)).toBe(1)
  })

  it('leave no timer behind when they go', async () => {
    const { store, clock, until } = scene({ maxLifecycles: 1 })
    await store.fetch({ roomName: 'A' })
    const one = clock.pending
    for (const roomName of ['B', 'C', 'D', 'E']) await store.fetch({ roomName })
    expect(clock.pending).toBeLessThanOrEqual(one)
    await until(UNUSABLE)
    expect(clock.pending).toBe(0)
  })
})

describe('A handle', () => {
  it('tells of the same lifecycle as any other of an equal request', async () => {
    const { store, endpoint } = scene()
    const handle = store.lifecycle({ roomName: 'A', agentName: undefined })
    await store.fetch({ roomName: 'A' })
    expect(handle.getSnapshot().token?.room).toBe('A')
    expect(store.lifecycle({ roomName: 'A' }).getSnapshot()).toBe(handle.getSnapshot())
    expect(callOf(await handle.fetch())).toBe(1)
    expect(endpoint.calls).toHaveLength(1)
  })

  it('asks for nothing by being made or looked at', async () => {
    const { store, endpoint, clock } = scene()
    store.lifecycle({ roomName: 'A' }).getSnapshot()
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(0)
  })

  it('of an evicted lifecycle starts anew', async () => {
    const { store, endpoint, until } = scene({ maxLifecycles: 1 })
    const handle = store.lifecycle({ roomName: 'A' })
    await handle.fetch()
    expect(handle.getSnapshot().status).toBe('valid')
    await store.fetch({ roomName: 'B' })
    expect(handle.getSnapshot()).toMatchObject({ status: 'idle', token: null })
    expect(callOf(await handle.fetch())).toBe(3)
    expect(endpoint.call(3).context).toMatchObject({ reason: 'initial', attempt: 1 })
    expect(handle.getSnapshot()).toMatchObject({ status: 'valid', token: { room: 'A' } })
    const told: string[] = []
    handle.subscribe((state) => told.push(state.status))
    await until(DUE)
    expect(told).toEqual(['valid', 'expiring', 'refreshing', 'valid'])
  })

  it('of an evicted lifecycle can be subscribed to before it is fetched again', async () => {
    const { store } = scene({ maxLifecycles: 1 })
    const handle = store.lifecycle({ roomName: 'A' })
    await handle.fetch()
    await store.fetch({ roomName: 'B' })
    const told: string[] = []
    handle.state$.subscribe((state) => told.push(state.status))
    await handle.fetch()
    await settle()
    expect(told).toEqual(['idle', 'fetching', 'valid'])
  })
})
