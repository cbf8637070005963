import { describe, expect, it } from 'vitest'
import { inside } from '../../src/inside'
import { failure } from '../helpers/fetcher'
import { DUE, events, ofType, START, scene, states, statuses, watch } from './setup'

/** A store with a token of room A in hand, and its door. */
async function held(options = {}) {
  const at = scene(options)
  await at.store.fetch({ roomName: 'A' })
  const told = events(at.store)
  return { ...at, told, door: inside(at.store), lifecycle: at.store.lifecycle({ roomName: 'A' }) }
}

describe('A command of devtools', () => {
  it('is told as an event before what comes of it', async () => {
    const { told, door } = await held()
    door.command('1', 'invalidate')
    expect(told).toMatchObject([
      { type: 'command', name: 'invalidate', lifecycle: '1', at: START },
      { type: 'invalidated' },
      { type: 'state', from: 'valid', to: 'idle' },
    ])
  })

  it('for a lifecycle that is not alive does nothing, and says so', async () => {
    const { told, door, store } = await held()
    expect(door.command('2', 'refresh')).toBe(false)
    expect(door.command('1', 'refresh')).toBe(true)
    store.dispose()
    expect(door.command('1', 'refresh')).toBe(false)
    expect(ofType(told, 'command')).toHaveLength(1)
  })

  it('`refresh` forces a new token, and a failure of it rejects nobody', async () => {
    const { door, endpoint, clock, lifecycle } = await held()
    endpoint.next(failure(500))
    door.command('1', 'refresh')
    await clock.advance(0)
    expect(endpoint.call(2).context).toMatchObject({ reason: 'forced', force: true })
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'valid', error: { code: 'fetch-failed' } })
  })

  it('`refresh` does not make a lifecycle the one asked for last: looking must not change what an app sees', async () => {
    const { door, store } = await held()
    await store.fetch({ roomName: 'B' })
    door.command('1', 'refresh')
    expect(store.getSnapshot().token?.room).toBe('B')
  })

  it('`simulate-expiry` ends the token in hand now: unobserved it is idle, and the next fetch renews it', async () => {
    const { door, endpoint, lifecycle } = await held()
    door.command('1', 'simulate-expiry')
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'idle', token: null })
    await lifecycle.fetch()
    expect(endpoint.call(2).context.reason).toBe('expired')
  })

  it('`simulate-expiry` makes an observed lifecycle fetch anew at once', async () => {
    const { door, endpoint, clock, lifecycle } = await held()
    const seen = states(lifecycle)
    door.command('1', 'simulate-expiry')
    await clock.advance(0)
    expect(statuses(seen)).toEqual(['valid', 'fetching', 'valid'])
    expect(endpoint.calls).toHaveLength(2)
  })

  it('`simulate-expiry` without a token is told, and changes nothing', async () => {
    const { door, told, lifecycle } = await held()
    lifecycle.invalidate()
    told.length = 0
    door.command('1', 'simulate-expiry')
    expect(told.map(({ type }) => type)).toEqual(['command'])
  })

  it('`simulate-failure` fails the next attempt without asking the endpoint, and no other', async () => {
    const { door, endpoint, clock, lifecycle, until } = await held()
    states(lifecycle)
    door.command('1', 'simulate-failure')
    await until(DUE)
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'expiring', error: { code: 'fetch-failed' } })
    expect(endpoint.calls).toHaveLength(1)
    await clock.advance(1_000)
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
    expect(endpoint.calls).toHaveLength(2)
  })

  it('`simulate-slowness` makes the next attempt wait for five seconds', async () => {
    const { door, endpoint, clock, lifecycle } = await held()
    door.command('1', 'simulate-slowness')
    const asked = watch(lifecycle.refresh())
    await clock.advance(4_999)
    expect([asked.status, endpoint.calls.length]).toEqual(['pending', 1])
    await clock.advance(1)
    expect([asked.status, endpoint.calls.length]).toEqual(['fulfilled', 2])
  })

  it('`simulate-slowness` of an attempt that is given up asks nothing afterwards, and leaves no timer', async () => {
    const { door, endpoint, clock, lifecycle, store } = await held()
    door.command('1', 'simulate-slowness')
    const asked = watch(lifecycle.refresh())
    await clock.advance(1_000)
    store.dispose()
    await clock.advance(60_000)
    expect([asked.status, endpoint.calls.length, clock.pending]).toEqual(['rejected', 1, 0])
  })

  it('`simulate-offline` fails attempts and holds retries back until it is told again', async () => {
    const { door, endpoint, clock, lifecycle, until } = await held()
    states(lifecycle)
    door.command('1', 'simulate-offline')
    expect(door.found()[0]?.offline).toBe(true)
    await until(DUE + 60_000)
    expect(endpoint.calls).toHaveLength(1)
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'expiring', error: { code: 'fetch-failed' } })
    door.command('1', 'simulate-offline')
    await clock.advance(0)
    expect(door.found()[0]?.offline).toBe(false)
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
  })

  it('`simulate-offline` and the real thing add up: both must end', async () => {
    const { door, endpoint, clock, lifecycle, online$, until } = await held()
    states(lifecycle)
    door.command('1', 'simulate-offline')
    await until(DUE + 1)
    online$.next(false)
    door.command('1', 'simulate-offline')
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(1)
    online$.next(true)
    await clock.advance(0)
    expect(endpoint.calls).toHaveLength(2)
  })
})

describe('What devtools find in a store', () => {
  it('is each living lifecycle by its ordinal, and looking gives no place and asks nothing', async () => {
    const { door, store, endpoint } = await held({ maxLifecycles: 2 })
    await store.fetch({ roomName: 'B' })
    expect(door.found()).toMatchObject([
      { lifecycle: '1', request: { roomName: 'A' }, state: { status: 'valid' }, offline: false },
      { lifecycle: '2', request: { roomName: 'B' }, state: { status: 'valid' }, offline: false },
    ])
    await store.fetch({ roomName: 'C' })
    expect(door.found().map(({ lifecycle }) => lifecycle)).toEqual(['2', '3'])
    expect(endpoint.calls).toHaveLength(3)
  })
})
