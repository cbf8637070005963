import { TokenError } from 'livekit-token-store'
import { connectRoom } from 'livekit-token-store/livekit'
import { describe, expect, it } from 'vitest'
import { failure, value } from '../../helpers/fetcher'
import { connectionError, refusal } from './fake-room'
import { setUp } from './setup'

describe('connectRoom', () => {
  it("connects with the request's token, and hands on the options of Room.connect", async () => {
    const { connect, room, fetcher, settle } = setUp()
    const connectOptions = { autoSubscribe: false }
    const call = connect({ roomName: 'lobby' }, { connectOptions })
    await settle()
    expect(fetcher.call(1).request).toEqual({ roomName: 'lobby' })
    const { url, token, options } = room.calls[0]!
    expect(url).toBe('wss://rooms.example')
    expect(token.split('.')).toHaveLength(3)
    expect(options).toBe(connectOptions)
    expect(call.outcome).toBe('pending')
    room.calls[0]!.succeed()
    await settle()
    expect(call.outcome).toBe('connected')
  })

  it.each([401, 403])('answers a refusal by %i with one forced fetch and one more try', async (status) => {
    const test = setUp()
    const { room, fetcher, store, settle } = test
    const call = test.connect()
    await settle()
    const first = room.calls[0]!
    first.fail(refusal(first.token, status), 12)
    await settle()
    expect(fetcher.calls).toHaveLength(2)
    expect(fetcher.call(2).context.force).toBe(true)
    const second = room.calls[1]!
    expect(second.token).not.toBe(first.token)
    second.succeed()
    await settle()
    expect(call.outcome).toBe('connected')
    expect(test.invalidated).toBe(0)
    expect((await store.fetch()).participantToken).toBe(second.token)
  })

  it('rejects with the second refusal, and invalidates the token that was refused twice', async () => {
    const test = setUp()
    const call = test.connect()
    await test.settle()
    test.room.calls[0]!.fail(refusal(test.room.calls[0]!.token), 12)
    await test.settle()
    const error = refusal(test.room.calls[1]!.token, 403)
    test.room.calls[1]!.fail(error, 12)
    await test.settle()
    expect(call.outcome).toBe(error)
    expect(test.room.calls).toHaveLength(2)
    expect(test.fetcher.calls).toHaveLength(2)
    expect(test.invalidated).toBe(1)
    expect(test.store.getSnapshot().status).toBe('idle')
  })

  it('rejects with the forced fetch’s error when that fails, and keeps the token', async () => {
    const test = setUp()
    const call = test.connect()
    await test.settle()
    test.fetcher.next(failure(500))
    test.room.calls[0]!.fail(refusal(test.room.calls[0]!.token), 12)
    await test.settle()
    expect(call.outcome).toBeInstanceOf(TokenError)
    expect((call.outcome as TokenError).code).toBe('fetch-failed')
    expect(test.room.calls).toHaveLength(1)
    expect(test.invalidated).toBe(0)
  })

  it.each([
    ['a room that does not exist', connectionError('requested room does not exist', 0, 404)],
    ['an unreachable server', connectionError('unreachable', 1)],
    ['a server error', connectionError('websocket', 6)],
    ['something that is no ConnectionError', Object.assign(new Error('no'), { reason: 0, status: 401 })],
  ])('does not try again after %s: the error is upstream’s own', async (_, error) => {
    const { connect, room, fetcher, settle } = setUp()
    const call = connect()
    await settle()
    room.calls[0]!.fail(error, 7)
    await settle()
    expect(call.outcome).toBe(error)
    expect(fetcher.calls).toHaveLength(1)
    expect(room.calls).toHaveLength(1)
  })

  it('replaces each occurrence of the token in the message and the stack', async () => {
    const { connect, room, settle } = setUp()
    const call = connect()
    await settle()
    const { token } = room.calls[0]!
    const error = connectionError(`${token} is not ${token}`, 6)
    room.calls[0]!.fail(error, 0)
    await settle()
    expect(call.outcome).toBe(error)
    expect(error.message).toBe('[token] is not [token]')
    expect(error.stack).not.toContain(token)
    expect(error.stack).toContain('[token]')
  })

  it('replaces the first token too in what the second try says', async () => {
    const { connect, room, settle } = setUp()
    const call = connect()
    await settle()
    const first = room.calls[0]!
    first.fail(refusal(first.token), 12)
    await settle()
    const second = room.calls[1]!
    second.fail(connectionError(`${first.token} ${second.token}`, 0, 401), 12)
    await settle()
    expect((call.outcome as Error).message).toBe('[token] [token]')
  })

  it.each([
    undefined,
    {},
    { serverUrl: 'not a url', participantToken: 'x' },
    { serverUrl: '/rtc', participantToken: 'x' },
  ])('lets nothing but a parsable URL reach Room.connect: %j', async (answer) => {
    const { connect, room, fetcher, settle } = setUp()
    fetcher.usually(value(answer))
    const call = connect()
    await settle()
    expect((call.outcome as TokenError).code).toBe('invalid-response')
    expect(room.calls).toHaveLength(0)
  })

  it('ends after connectTimeoutMs with a ConnectionError of reason Timeout, and leaves the room', async () => {
    const { connect, room, clock } = setUp()
    const call = connect({}, { connectTimeoutMs: 5_000 })
    await clock.advance(4_999)
    expect(call.outcome).toBe('pending')
    await clock.advance(1)
    expect(call.outcome).toMatchObject({ name: 'ConnectionError', reason: 5 })
    expect((call.outcome as Error).message).toContain('"connectTimeoutMs"')
    expect(room.state).toBe('disconnected')
  })

  it('ends after a minute by default, also when the token never comes', async () => {
    const { connect, room, clock, fetcher } = setUp()
    fetcher.usually(() => new Promise(() => {}))
    const call = connect()
    await clock.advance(20_000)
    expect(call.outcome).toBe('pending')
    await clock.advance(40_000)
    expect(call.outcome).not.toBe('pending')
    expect(room.calls).toHaveLength(0)
  })

  it('keeps no timer once it has settled', async () => {
    const { connect, room, clock, settle, store } = setUp()
    connect()
    await settle()
    room.calls[0]!.succeed()
    await settle()
    store.invalidate()
    expect(clock.pending).toBe(0)
  })

  it.each([
    ['room', [{}, 'store']],
    ['store', ['room', {}]],
    ['request', ['room', 'store', 'lobby']],
    ['options', ['room', 'store', {}, 5]],
    ['connectOptions', ['room', 'store', {}, { connectOptions: 5 }]],
    ['signal', ['room', 'store', {}, { signal: {} }]],
    ['connectTimeoutMs', ['room', 'store', {}, { connectTimeoutMs: 0 }]],
    ['connectTimeoutMs', ['room', 'store', {}, { connectTimeoutMs: Number.NaN }]],
  ])('rejects with a TypeError that quotes a bad "%s"', async (name, given) => {
    const { room, store, fetcher } = setUp()
    const real = given.map((part) => (part === 'room' ? room : part === 'store' ? store : part))
    const call = connectRoom(...(real as unknown as Parameters<typeof connectRoom>))
    await expect(call).rejects.toThrow(TypeError)
    await expect(call).rejects.toThrow(`"${name}"`)
    expect(fetcher.calls).toHaveLength(0)
  })
})
