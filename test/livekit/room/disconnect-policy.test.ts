import { DisconnectReason } from 'livekit-client'
import { followRoom } from 'livekit-token-store/livekit'
import { describe, expect, it } from 'vitest'
import { connectionError, FakeRoom } from './fake-room'
import { setUp } from './setup'

const ENDING = ['PARTICIPANT_REMOVED', 'ROOM_DELETED', 'ROOM_CLOSED', 'USER_REJECTED', 'AGENT_ERROR']
const REASONS = Object.entries(DisconnectReason).filter(
  (entry): entry is [string, DisconnectReason] => typeof entry[1] === 'number',
)

describe('a disconnect', () => {
  it.each([...REASONS, ['no reason', undefined] as const])(
    'by %s decides the token’s fate',
    async (name, reason) => {
      const test = setUp()
      test.connect()
      await test.settle()
      test.room.calls[0]!.succeed()
      await test.settle()
      test.room.end(reason)
      const ends = reason === undefined || ENDING.includes(name)
      expect(test.invalidated).toBe(ends ? 1 : 0)
      expect(test.store.getSnapshot().status).toBe(ends ? 'idle' : 'valid')
      await test.clock.advance(60_000)
      expect(test.fetcher.calls).toHaveLength(1)
    },
  )

  it('of a followed room does the same, to its own request alone', async () => {
    const test = setUp()
    const { store } = test
    await store.fetch({ roomName: 'lobby' })
    await store.fetch({ roomName: 'other' })
    const room = new FakeRoom()
    followRoom(room.room, store, { roomName: 'lobby' })
    room.become('connected')
    room.end(5)
    expect(store.lifecycle({ roomName: 'lobby' }).getSnapshot().status).toBe('idle')
    expect(store.lifecycle({ roomName: 'other' }).getSnapshot().status).toBe('valid')
    expect(test.invalidated).toBe(1)
  })

  it('of a followed room without a request leaves other lifecycles alone', async () => {
    const { store } = setUp()
    await store.fetch({ roomName: 'other' })
    const room = new FakeRoom()
    followRoom(room.room, store)
    room.become('connected')
    room.end(undefined)
    expect(store.getSnapshot().status).toBe('valid')
  })

  it('by a refused connect that no other token mends invalidates: the room does not exist', async () => {
    const test = setUp()
    test.connect()
    await test.settle()
    test.room.calls[0]!.fail(connectionError('requested room does not exist', 0, 404), 12)
    await test.settle()
    expect(test.invalidated).toBe(1)
  })

  it('rejoins nothing by itself', async () => {
    const test = setUp()
    test.connect()
    await test.settle()
    test.room.calls[0]!.succeed()
    await test.settle()
    test.room.end(3)
    await test.clock.advance(120_000)
    expect(test.room.calls).toHaveLength(1)
  })

  it('after the store was disposed of breaks nothing', async () => {
    const test = setUp()
    test.connect()
    await test.settle()
    test.room.calls[0]!.succeed()
    await test.settle()
    test.store.dispose()
    expect(() => test.room.end(undefined)).not.toThrow()
    expect(test.room.listening).toBe(0)
  })
})
