import { createRecorder } from 'livekit-token-devtools'
import { describe, expect, it } from 'vitest'
import { inside } from '../../../src/inside'
import { DUE, events, ofType, START, scene, states, statuses, watch } from '../../behaviour/setup'
import { failure } from '../../helpers/fetcher'
import { present } from './setup'

/** A store with a token of room A in hand, and a recorder that may command it. */
async function held(options = {}) {
  const at = scene(options)
  const recorder = createRecorder({ allowCommands: true })
  recorder.attach(at.store)
  await at.store.fetch({ roomName: 'A' })
  const told = events(at.store)
  const offline = () =>
    present(recorder)
      .flatMap(({ detail }) => detail.on ?? [])
      .at(-1)
  return { ...at, told, recorder, offline, lifecycle: at.store.lifecycle({ roomName: 'A' }) }
}

describe('A command of devtools', () => {
  it('is told as an event before what comes of it', async () => {
    const { told, recorder } = await held()
    recorder.command('1', 'invalidate')
    expect(told).toMatchObject([
      { type: 'command', name: 'invalidate', lifecycle: '1', at: START },
      { type: 'invalidated' },
      { type: 'state', from: 'valid', to: 'idle' },
    ])
  })

  it('for a lifecycle that is not alive is an error, and nothing happens', async () => {
    const { told, recorder, store } = await held()
    expect(() => recorder.command('2', 'refresh')).toThrow(TypeError)
    recorder.command('1', 'refresh')
    store.dispose()
    expect(() => recorder.command('1', 'refresh')).toThrow(TypeError)
    expect(ofType(told, 'command')).toHaveLength(1)
  })

  it('`refresh` forces a new token, and a failure of it rejects nobody', async () => {
    const { recorder, endpoint, clock, lifecycle } = await held()
    endpoint.next(failure(500))
    recorder.command('1', 'refresh')
    await clock.advance(0)
    expect(endpoint.call(2).context).toMatchObject({ reason: 'forced', force: true })
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'valid', error: { code: 'fetch-failed' } })
  })

  it('`refresh` does not make a lifecycle the one asked for last: looking must not change what an app sees', async () => {
    const { recorder, store } = await held()
    await store.fetch({ roomName: 'B' })
    recorder.command('1', 'refresh')
    expect(store.getSnapshot().token?.room).toBe('B')
  })

  it('`simulate-expiry` ends the token in hand now: unobserved it is idle, and the next fetch renews it', async () => {
    const { recorder, endpoint, lifecycle } = await held()
    recorder.command('1', 'simulate-expiry')
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'idle', token: null })
    await lifecycle.fetch()
    expect(endpoint.call(2).context.reason).toBe('expired')
  })

  it('`simulate-expiry` makes an observed lifecycle fetch anew at once', async () => {
    const { recorder, endpoint, clock, lifecycle } = await held()
    const seen = states(lifecycle)
    recorder.command('1', 'simulate-expiry')
    await clock.advance(0)
    expect(statuses(seen)).toEqual(['valid', 'fetching', 'valid'])
    expect(endpoint.calls).toHaveLength(2)
  })

  it('`simulate-expiry` without a token is told, and changes nothing', async () => {
    const { recorder, told, lifecycle } = await held()
    lifecycle.invalidate()
    told.length = 0
    recorder.command('1', 'simulate-expiry')
    expect(told.map(({ type }) => type)).toEqual(['command'])
  })

  it('`simulate-failure` fails the next attempt without asking the endpoint, and no other', async () => {
    const { recorder, endpoint, clock, lifecycle, until } = await held()
    states(lifecycle)
    recorder.command('1', 'simulate-failure')
    await until(DUE)
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'expiring', error: { code: 'fetch-failed' } })
    expect(endpoint.calls).toHaveLength(1)
    await clock.advance(1_000)
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
    expect(endpoint.calls).toHaveLength(2)
  })

  it('`simulate-slowness` makes the next attempt wait for five seconds', async () => {
    const { recorder, endpoint, clock, lifecycle } = await held()
    recorder.command('1', 'simulate-slowness')
    const asked = watch(lifecycle.refresh())
    await clock.advance(4_999)
    expect([asked.status, endpoint.calls.length]).toEqual(['pending', 1])
    await clock.advance(1)
    expect([asked.status, endpoint.calls.length]).toEqual(['fulfilled', 2])
    // The next one alone.
    const again = watch(lifecycle.refresh())
    await clock.advance(0)
    expect([again.status, endpoint.calls.length]).toEqual(['fulfilled', 3])
  })

  it('`simulate-slowness` of an attempt that is given up asks nothing afterwards, and leaves no timer', async () => {
    const { recorder, endpoint, clock, lifecycle, store } = await held()
    recorder.command('1', 'simulate-slowness')
    const asked = watch(lifecycle.refresh())
    await clock.advance(1_000)
    store.dispose()
    await clock.advance(60_000)
    expect([asked.status, endpoint.calls.length, clock.pending]).toEqual(['rejected', 1, 0])
  })

  it('`simulate-offline` fails attempts and holds retries back until it is told again', async () => {
    const { recorder, offline, endpoint, clock, lifecycle, until } = await held()
    states(lifecycle)
    recorder.command('1', 'simulate-offline')
    expect(offline()).toBe(true)
    await until(DUE + 60_000)
    expect(endpoint.calls).toHaveLength(1)
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'expiring', error: { code: 'fetch-failed' } })
    recorder.command('1', 'simulate-offline')
    await clock.advance(0)
    expect(offline()).toBe(false)
    expect(lifecycle.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
  })

  it('`simulate-offline` and the real thing add up: both must end', async () => {
    const { recorder, endpoint, clock, lifecycle, online$, until } = await held()
    states(lifecycle)
    recorder.command('1', 'simulate-offline')
    await until(DUE + 1)
    online$.next(false)
    recorder.command('1', 'simulate-offline')
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(1)
    online$.next(true)
    await clock.advance(0)
    expect(endpoint.calls).toHaveLength(2)
  })
})

describe('Two recorders of one store', () => {
  it('order the same trouble: what one began the other ends', async () => {
    const { store, recorder, offline } = await held()
    const other = createRecorder({ allowCommands: true })
    recorder.command('1', 'simulate-offline')
    expect(offline()).toBe(true)
    other.attach(store)
    expect(present(other)[0]).toMatchObject({ type: 'attached', detail: { on: true } })
    other.command('1', 'simulate-offline')
    expect(offline()).toBe(false)
  })
})

describe('What devtools find in a store', () => {
  it('is each living lifecycle by its ordinal, and looking gives no place and asks nothing', async () => {
    const { store, endpoint } = await held({ maxLifecycles: 2 })
    const door = inside(store)
    await store.fetch({ roomName: 'B' })
    expect(door.found()).toMatchObject([
      { lifecycle: '1', request: { roomName: 'A' }, state: { status: 'valid' } },
      { lifecycle: '2', request: { roomName: 'B' }, state: { status: 'valid' } },
    ])
    await store.fetch({ roomName: 'C' })
    expect(door.found().map(({ lifecycle }) => lifecycle)).toEqual(['2', '3'])
    expect(endpoint.calls).toHaveLength(3)
  })
})
