import { Room, setLogLevel } from 'livekit-client'
import { RoomServiceClient } from 'livekit-server-sdk'
import { createTokenStore, type FetchContext, type TokenEvent } from 'livekit-token-store'
import { connectRoom } from 'livekit-token-store/livekit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  API_KEY,
  API_SECRET,
  livekitMissing,
  livekitToken,
  type RunningServer,
  startLiveKit,
} from '../../helpers/livekit-server'
import { rejection } from '../helpers'
import { toldOf } from './setup'
import { stubBrowser } from './stub-rtc'

describe.skipIf(livekitMissing)('connectRoom against a real LiveKit server', () => {
  let server: RunningServer
  let rooms: RoomServiceClient
  let roomNumber = 0
  beforeAll(async () => {
    stubBrowser()
    setLogLevel('silent')
    server = await startLiveKit()
    rooms = new RoomServiceClient(server.url.replace(/^ws/, 'http'), API_KEY, API_SECRET)
  }, 30_000)
  afterAll(() => server?.stop())

  interface Asked {
    identity: string
    room: string
    context: FetchContext
  }

  /** A store whose tokens are made by `make`, a real Room, and what the store told. */
  function client({ identity = 'me', room: name = `room-${++roomNumber}`, make = normal } = {}) {
    const contexts: FetchContext[] = []
    const tokens: string[] = []
    const store = createTokenStore({
      async fetchToken(_, context) {
        contexts.push(context)
        const participantToken = await make({ identity, room: name, context })
        tokens.push(participantToken)
        return { serverUrl: server.url, participantToken }
      },
    })
    const events: TokenEvent[] = []
    store.events$.subscribe((event) => events.push(event))
    const room = new Room()
    onTestFinished(async () => {
      await room.disconnect()
      store.dispose()
    })
    const isInvalidated = () => events.some(({ type }) => type === 'invalidated')
    const connect = () => connectRoom(room, store, {}, { connectOptions: { rtcConfig: { iceServers: [] } } })
    return { store, room, name, contexts, tokens, events, connect, isInvalidated, told: () => toldOf(events) }
  }

  const normal = ({ identity, room }: Asked) => livekitToken({ identity, grant: { room } })
  const forged = ({ identity, room }: Asked) => livekitToken({ identity, grant: { room }, secret: 'forged' })

  it('joins with a token of the store', async () => {
    const { connect, room, name, told } = client()
    await connect()
    expect(room.name).toBe(name)
    expect(told()).toEqual(['connecting', 'connected'])
    expect(await rooms.listParticipants(name)).toHaveLength(1)
  })

  it('recovers from an expired token, which is refused with 401, by exactly one forced fetch', async () => {
    const { connect, room, contexts, told, isInvalidated } = client({
      make: ({ identity, room, context }) =>
        livekitToken({ identity, grant: { room }, ttl: context.force ? 600 : -120 }),
    })
    await connect()
    expect(room.state).toBe('connected')
    expect(contexts.map(({ force }) => force)).toEqual([false, true])
    expect(told()).toEqual(['connecting', 'disconnected: USER_REJECTED', 'connecting', 'connected'])
    expect(isInvalidated()).toBe(false)
  })

  it('joins with a token that has expired within the server’s minute of leeway', async () => {
    const { connect, contexts } = client({
      make: ({ identity, room }) => livekitToken({ identity, grant: { room }, ttl: -30 }),
    })
    await connect()
    expect(contexts).toHaveLength(1)
  })

  it('recovers from a token that somebody else signed, and nothing repeats a token', async () => {
    const { connect, tokens, events } = client({
      make: (asked) => (asked.context.force ? normal(asked) : forged(asked)),
    })
    await connect()
    expect(tokens).toHaveLength(2)
    for (const token of tokens) expect(JSON.stringify(events)).not.toContain(token)
  })

  it('rejects when both tokens are refused, with `[token]` where the server’s 401 quotes it', async () => {
    const printed = vi.spyOn(console, 'error')
    const warned = vi.spyOn(console, 'warn')
    onTestFinished(() => void vi.restoreAllMocks())
    const { connect, store, tokens, events, contexts, isInvalidated } = client({ make: forged })
    const error = await rejection(connect())
    expect(error).toMatchObject({ name: 'ConnectionError', reason: 0, status: 401 })
    expect(error.message).toContain('[token]')
    expect(contexts).toHaveLength(2)
    expect(isInvalidated()).toBe(true)
    const everything = [
      ...[error.message, error.stack, JSON.stringify(error), JSON.stringify(events)],
      ...[JSON.stringify(store.getSnapshot()), JSON.stringify([printed.mock.calls, warned.mock.calls])],
    ].join('\n')
    for (const token of tokens) expect(everything).not.toContain(token)
  })

  it('says what Room.connect itself says of the same refusal, but for the token', async () => {
    const token = await livekitToken({ secret: 'forged' })
    const upstream = await rejection(new Room().connect(server.url, token))
    expect(upstream.message).toContain(token)
    const store = createTokenStore({ fetchToken: () => ({ serverUrl: server.url, participantToken: token }) })
    onTestFinished(() => store.dispose())
    const ours = await rejection(connectRoom(new Room(), store))
    expect(ours.message).toBe(upstream.message.replaceAll(token, '[token]'))
  })

  it('recovers from a token without the right to join', async () => {
    const { connect, contexts } = client({
      make: ({ identity, room, context }) =>
        livekitToken({ identity, grant: { room, roomJoin: context.force } }),
    })
    await connect()
    expect(contexts.map(({ force }) => force)).toEqual([false, true])
  })

  it('invalidates the token of a participant who was removed', async () => {
    const { connect, name, told, isInvalidated } = client()
    await connect()
    await rooms.removeParticipant(name, 'me')
    await vi.waitFor(() => expect(told().at(-1)).toBe('disconnected: PARTICIPANT_REMOVED'), 5_000)
    expect(isInvalidated()).toBe(true)
  })

  it('invalidates the token of a room that was deleted', async () => {
    const { connect, name, told, isInvalidated, contexts } = client()
    await connect()
    await rooms.deleteRoom(name)
    await vi.waitFor(() => expect(told().at(-1)).toBe('disconnected: ROOM_DELETED'), 5_000)
    expect(isInvalidated()).toBe(true)
    expect(contexts).toHaveLength(1)
  })

  it('keeps the token when the same identity joined elsewhere, and does not rejoin', async () => {
    const first = client()
    const second = client({ room: first.name })
    await first.connect()
    await second.connect()
    await vi.waitFor(() => expect(first.told().at(-1)).toBe('disconnected: DUPLICATE_IDENTITY'), 5_000)
    expect(first.isInvalidated()).toBe(false)
    expect(second.room.state).toBe('connected')
  })

  it('lets two identities with a store each stay connected', async () => {
    const first = client({ identity: 'one' })
    const second = client({ identity: 'two', room: first.name })
    await first.connect()
    await second.connect()
    await vi.waitFor(() => expect(first.room.remoteParticipants.size).toBe(1), 5_000)
    expect([first.room.state, second.room.state]).toEqual(['connected', 'connected'])
  })
})
