import type { TokenEvent } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { failure, token } from '../helpers/fetcher'
import { DUE, events, ofType, START, scene, UNUSABLE, watch } from './setup'

const TYPES = [
  'state',
  'attempt',
  'attempt-failed',
  'expired-on-arrival',
  'no-expiry',
  'clock-corrected',
  'invalidated',
  'evicted',
  'disposed',
  'command',
  'room',
]

/** A life with a bit of everything in it. */
async function eventful(): Promise<TokenEvent[]> {
  const { store, endpoint, until } = scene({ maxLifecycles: 2 })
  const heard = events(store)
  endpoint.next(failure(500))
  watch(store.fetch({ roomName: 'A' }))
  await until(START + 1_000)
  const stop = store.lifecycle({ roomName: 'A' }).subscribe()
  endpoint.next(failure(503))
  await until(DUE + 1_000)
  stop()
  endpoint.next(token({ issuedAt: START - 3_600_000 }))
  await store.fetch({ roomName: 'B' })
  store.invalidate({ roomName: 'A' })
  endpoint.next(failure(401))
  watch(store.fetch({ roomName: 'C' }))
  await settle()
  await until(DUE + 700_000)
  store.dispose()
  return heard
}

describe('Events', () => {
  it('are of the closed list of types, stamped by the store’s clock, each with its lifecycle', async () => {
    const heard = await eventful()
    expect(heard.length).toBeGreaterThan(20)
    let last = START
    for (const event of heard) {
      expect(TYPES).toContain(event.type)
      expect(event.at).toBeGreaterThanOrEqual(last)
      expect(event.lifecycle).toMatch(/^\d+$/)
      last = event.at
    }
  })

  it('of state changes form one chain a lifecycle, from idle on, with a view just while there is a token', async () => {
    const changes = ofType(await eventful(), 'state')
    for (const lifecycle of new Set(changes.map((event) => event.lifecycle))) {
      let status = 'idle'
      for (const event of changes.filter((one) => one.lifecycle === lifecycle)) {
        expect(event.from).toBe(status)
        expect(event.to).not.toBe(event.from)
        expect(event.view !== null).toBe(['valid', 'expiring', 'refreshing'].includes(event.to))
        status = event.to
      }
    }
    expect(new Set(changes.map((event) => event.to)).size).toBe(6)
  })

  it('have errors without a cause', async () => {
    const errors = ofType(await eventful(), 'state').flatMap((event) => event.error ?? [])
    expect(errors.length).toBeGreaterThan(2)
    for (const error of errors) expect(error.cause).toBeUndefined()
  })

  it('name a lifecycle by its place in the order of birth', async () => {
    const { store } = scene()
    const heard = events(store)
    await store.fetch({ roomName: 'A' })
    await store.fetch({ roomName: 'B' })
    await store.refresh({ roomName: 'A' })
    expect(ofType(heard, 'attempt').map((event) => event.lifecycle)).toEqual(['1', '2', '1'])
    let rooms: unknown[] = []
    store.lifecycles$.subscribe((list) => {
      rooms = list.map((one) => one.request.roomName)
    })
    expect(rooms).toEqual(['A', 'B'])
  })

  it('are told as they happen: who comes late hears nothing of the past', async () => {
    const { store, until } = scene()
    await store.fetch()
    await settle()
    const heard = events(store)
    expect(heard).toEqual([])
    await until(DUE)
    expect(heard).toMatchObject([{ type: 'state', from: 'valid', to: 'expiring', at: DUE, lifecycle: '1' }])
  })

  it('tell of every lifecycle', async () => {
    const { store, until } = scene()
    const heard = events(store)
    await store.fetch({ roomName: 'A' })
    await store.fetch({ roomName: 'B' })
    await until(UNUSABLE)
    const ends = ofType(heard, 'state').filter((event) => event.to === 'idle')
    expect(ends.map((event) => event.lifecycle).sort()).toEqual(['1', '2'])
  })

  it('change nothing by being heard', async () => {
    const run = async (listen: boolean) => {
      const { store, endpoint, clock, until } = scene()
      if (listen) for (let ear = 0; ear < 3; ear += 1) events(store)
      await store.fetch()
      await until(DUE + 1)
      await store.fetch()
      await until(UNUSABLE + 900_000)
      return { calls: endpoint.times, state: store.getSnapshot(), delays: clock.delays }
    }
    expect(await run(true)).toEqual(await run(false))
  })
})
