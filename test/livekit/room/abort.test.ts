import { RoomEvent } from 'livekit-client'
import { describe, expect, it } from 'vitest'
import { byHand } from '../../helpers/fetcher'
import { refusal } from './fake-room'
import { setUp } from './setup'

/** A set-up whose connect has begun, with the controller of its signal. */
function begun() {
  const test = setUp()
  const controller = new AbortController()
  const reason = new Error('the user left')
  return { test, abort: () => controller.abort(reason), reason, signal: controller.signal }
}

describe('an abort of connectRoom', () => {
  it('asks nothing when it came beforehand', async () => {
    const { test, abort, reason, signal } = begun()
    abort()
    const call = test.connect({}, { signal })
    await test.settle()
    expect(call.outcome).toBe(reason)
    expect(test.fetcher.calls).toHaveLength(0)
  })

  it('never connects when the token is still in flight', async () => {
    const { test, abort, reason, signal } = begun()
    test.fetcher.usually(byHand)
    const call = test.connect({}, { signal })
    await test.settle()
    abort()
    test.fetcher.call(1).succeed()
    await test.clock.advance(5_000)
    expect(call.outcome).toBe(reason)
    expect(test.room.calls).toHaveLength(0)
  })

  it('never connects when it comes in the very moment in which the token does', async () => {
    const { test, abort, reason, signal } = begun()
    test.fetcher.usually(byHand)
    for (let microtasks = 0; microtasks < 30; microtasks += 1) {
      const fresh = begun()
      fresh.test.fetcher.usually(byHand)
      const call = fresh.test.connect({}, { signal: fresh.signal })
      await fresh.test.settle()
      fresh.test.fetcher.call(1).succeed()
      for (let count = 0; count < microtasks; count += 1) await Promise.resolve()
      fresh.abort()
      await fresh.test.clock.advance(5_000)
      expect(call.outcome).toBe(fresh.reason)
      expect(fresh.test.room.state).toBe('disconnected')
    }
    abort()
    expect(signal.reason).toBe(reason)
  })

  it('ends in a disconnected room, and rejects with the reason once it is, when connect is in flight', async () => {
    const { test, abort, reason, signal } = begun()
    const call = test.connect({}, { signal })
    await test.settle()
    abort()
    await test.settle()
    expect(call.outcome).toBe(reason)
    expect(test.room.state).toBe('disconnected')
    expect(test.told).toEqual(['connecting', 'disconnected: CLIENT_INITIATED'])
    expect(test.invalidated).toBe(0)
  })

  it('asks for no second token between the two tries', async () => {
    const { test, abort, reason, signal } = begun()
    const call = test.connect({}, { signal })
    await test.settle()
    test.fetcher.usually(byHand)
    test.room.calls[0]!.fail(refusal(test.room.calls[0]!.token), 12)
    await test.settle()
    abort()
    test.fetcher.call(2).succeed()
    await test.clock.advance(5_000)
    expect(call.outcome).toBe(reason)
    expect(test.room.calls).toHaveLength(1)
  })

  it('is obeyed also by a room that connects after all', async () => {
    const { test, abort, reason, signal } = begun()
    const call = test.connect({}, { signal })
    await test.settle()
    test.room.deaf = true
    abort()
    await test.settle()
    expect(call.outcome).toBe(reason)
    test.room.deaf = false
    test.room.calls[0]!.succeed()
    await test.clock.advance(5_000)
    expect(test.room.state).toBe('disconnected')
    expect(test.told.at(-1)).toBe('disconnected: CLIENT_INITIATED')
    expect(test.room.listening).toBe(0)
  })

  it('ends in a disconnected room when it comes at any microtask around the connection, until it has resolved', async () => {
    const outcomes = new Set<unknown>()
    for (let microtasks = 0; microtasks < 30; microtasks += 1) {
      const { test, abort, reason, signal } = begun()
      const call = test.connect({}, { signal })
      await test.settle()
      test.room.calls[0]!.succeed()
      for (let count = 0; count < microtasks; count += 1) await Promise.resolve()
      const resolved = call.outcome === 'connected'
      abort()
      await test.clock.advance(5_000)
      if (call.outcome === reason) expect(test.room.state).toBe('disconnected')
      else expect(test.room.state).toBe('connected')
      if (resolved) expect(call.outcome).toBe('connected')
      outcomes.add(call.outcome === reason ? 'aborted' : 'connected')
    }
    expect(outcomes).toEqual(new Set(['aborted', 'connected']))
  })

  it('does not disconnect within SignalConnected, where upstream does not survive it', async () => {
    const { test, abort, signal } = begun()
    test.connect({}, { signal })
    await test.settle()
    test.room.on(RoomEvent.SignalConnected, () => {
      abort()
      expect(test.room.disconnects).toBe(0)
    })
    test.room.emit(RoomEvent.SignalConnected)
    await test.settle()
    expect(test.room.disconnects).toBe(1)
  })

  it('means nothing once the room is connected', async () => {
    const { test, abort, signal } = begun()
    const call = test.connect({}, { signal })
    await test.settle()
    test.room.calls[0]!.succeed()
    await test.settle()
    abort()
    await test.clock.advance(5_000)
    expect(call.outcome).toBe('connected')
    expect(test.room.state).toBe('connected')
  })

  it('leaves the room to a later call that is under way on it', async () => {
    const { test, abort, reason, signal } = begun()
    const first = test.connect({}, { signal })
    await test.settle()
    const second = test.connect()
    await test.settle()
    abort()
    await test.settle()
    expect(first.outcome).toBe(reason)
    expect(test.room.disconnects).toBe(0)
    test.room.calls.at(-1)!.succeed()
    await test.clock.advance(5_000)
    expect(second.outcome).toBe('connected')
    expect(test.room.state).toBe('connected')
  })

  it('rejects when the room is down, not before', async () => {
    const { test, abort, reason, signal } = begun()
    let leave = () => {}
    test.room.goodbye = new Promise((resolve) => {
      leave = resolve
    })
    const call = test.connect({}, { signal })
    await test.settle()
    abort()
    await test.settle()
    expect(call.outcome).toBe('pending')
    leave()
    await test.settle()
    expect(call.outcome).toBe(reason)
    expect(test.room.state).toBe('disconnected')
  })

  it('waits a second, no longer, for a room that does not go down', async () => {
    const { test, abort, reason, signal } = begun()
    test.room.goodbye = new Promise(() => {})
    const call = test.connect({}, { signal })
    await test.settle()
    abort()
    await test.clock.advance(999)
    expect(call.outcome).toBe('pending')
    await test.clock.advance(1)
    expect(call.outcome).toBe(reason)
  })

  it('gives way to a later call on the room, which connects anew', async () => {
    const { test, abort, reason, signal } = begun()
    const first = test.connect({}, { signal })
    await test.settle()
    abort()
    const second = test.connect({ roomName: 'other' })
    await test.settle()
    expect(first.outcome).toBe(reason)
    expect(test.room.calls).toHaveLength(2)
    test.room.calls[1]!.succeed()
    await test.clock.advance(5_000)
    expect(second.outcome).toBe('connected')
    expect(test.room.state).toBe('connected')
  })
})
