import { RoomEvent } from 'livekit-client'
import { followRoom } from 'livekit-token-store/livekit'
import { describe, expect, it } from 'vitest'
import { refusal } from './fake-room'
import { setUp } from './setup'

/** A set-up whose room is connected. */
async function connected() {
  const test = setUp()
  test.connect({ roomName: 'lobby' })
  await test.settle()
  test.room.calls[0]!.succeed()
  await test.settle()
  return test
}

describe("the room's changes on the store's events$", () => {
  it('are told once each, with the request and the time', async () => {
    const { room, events, clock } = await connected()
    room.become('signalReconnecting')
    room.emit(RoomEvent.SignalReconnecting)
    room.become('reconnecting')
    room.emit(RoomEvent.Reconnecting)
    room.become('connected')
    room.emit(RoomEvent.Reconnected)
    room.emit(RoomEvent.Moved, 'elsewhere')
    room.end(2)
    const rooms = events.filter((event) => event.type === 'room')
    expect(rooms.map(({ state }) => state)).toEqual([
      ...['connecting', 'connected', 'reconnecting', 'connected', 'moved', 'disconnected'],
    ])
    expect(rooms.at(-1)).toEqual({
      type: 'room',
      at: clock.now(),
      lifecycle: '1',
      request: { roomName: 'lobby' },
      state: 'disconnected',
      reason: 'DUPLICATE_IDENTITY',
    })
    expect(rooms[0]).not.toHaveProperty('reason')
  })

  it('tell a refusal and the try that follows it', async () => {
    const test = setUp()
    test.connect()
    await test.settle()
    test.room.calls[0]!.fail(refusal(test.room.calls[0]!.token), 12)
    await test.settle()
    test.room.calls[1]!.succeed()
    await test.settle()
    expect(test.told).toEqual(['connecting', 'disconnected: USER_REJECTED', 'connecting', 'connected'])
  })

  it('tell a reason of a later LiveKit by its number', async () => {
    const test = await connected()
    test.room.end(99)
    expect(test.told.at(-1)).toBe('disconnected: 99')
  })

  it('are told of followRoom until it is ended', async () => {
    const test = setUp()
    const { room, store } = test
    const stop = followRoom(room.room, store, { roomName: 'lobby' })
    room.become('connecting')
    room.become('connected')
    stop()
    stop()
    room.end(1)
    expect(test.events.map((event) => event.type === 'room' && event.state)).toEqual([
      'connecting',
      'connected',
    ])
    expect(room.listening).toBe(0)
  })

  it('are told once although followRoom and connectRoom watch the same room', async () => {
    const test = setUp()
    const stops = [followRoom(test.room.room, test.store), followRoom(test.room.room, test.store, {})]
    test.connect()
    await test.settle()
    test.room.calls[0]!.succeed()
    await test.settle()
    test.room.end(undefined)
    expect(test.told).toEqual(['connecting', 'connected', 'disconnected'])
    expect(test.invalidated).toBe(1)
    for (const stop of stops) stop()
    expect(test.room.listening).toBe(0)
  })

  it('leave no listener after a hundred connections, nor after a hundred calls on a connected room', async () => {
    const test = setUp()
    for (let round = 0; round < 100; round += 1) {
      test.connect()
      await test.settle()
      test.room.calls.at(-1)!.succeed()
      await test.settle()
      test.room.end(1)
    }
    expect(test.room.listening).toBe(0)
    expect(test.told).toHaveLength(300)
    test.connect()
    await test.settle()
    test.room.calls.at(-1)!.succeed()
    await test.settle()
    const listening = test.room.listening
    for (let round = 0; round < 100; round += 1) await test.connect().promise
    expect(test.room.listening).toBe(listening)
    test.room.end(1)
    expect(test.room.listening).toBe(0)
  })

  it('leave no listener after a hundred failures', async () => {
    const test = setUp()
    for (let round = 0; round < 100; round += 1) {
      const call = test.connect()
      await test.settle()
      test.room.calls.at(-1)!.fail(new Error('no'), 7)
      await test.settle()
      expect(call.outcome).toBeInstanceOf(Error)
    }
    expect(test.room.listening).toBe(0)
  })

  it('of followRoom refuse what is no room, no store or no request', () => {
    const { room, store } = setUp()
    expect(() => followRoom({} as never, store)).toThrow(/"room"/)
    expect(() => followRoom(room.room, {} as never)).toThrow(/"store"/)
    expect(() => followRoom(room.room, store, 'lobby' as never)).toThrow(/"request"/)
  })
})
