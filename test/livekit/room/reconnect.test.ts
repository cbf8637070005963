import { LeaveRequest_Action } from '@livekit/protocol'
import {
  DefaultReconnectPolicy,
  DisconnectReason,
  RoomEvent,
  type RoomOptions,
  setLogLevel,
} from 'livekit-client'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { signToken } from '../../helpers/tokens'
import { join, lineTo } from './joining'
import { tokenIn } from './line'
import { startSignalServer } from './signal-server'
import { stubBrowser } from './stub-rtc'

beforeAll(() => {
  stubBrowser()
  setLogLevel('silent')
})

const PUSHED = 'pushed-by-the-server'
const SOON = { timeout: 20_000 }

/** A real Room that is connected over a line which can be cut, to a server that has pushed a token to it. */
async function connected(options: RoomOptions = {}) {
  const server = await startSignalServer()
  onTestFinished(() => server.stop())
  const line = await lineTo(server)
  const joined = await join({
    url: line.url,
    token: () => signToken({ issuedAt: Date.now() }),
    // The older path tells a resume by a parameter of its URL.
    options: { singlePeerConnection: false, ...options },
  })
  expect(joined.error).toBeUndefined()
  const heard: string[] = []
  joined.room.on(RoomEvent.Moved, (...given) => heard.push(JSON.stringify(given)))
  server.refreshToken(PUSHED)
  server.move('elsewhere', PUSHED)
  await vi.waitFor(() => expect(heard).toHaveLength(1), SOON)
  return { ...joined, joined, server, line, heard }
}

describe('A real Room that reconnects', () => {
  it.each([
    [401, 'invalid token'],
    [403, 'permission denied'],
    [404, 'requested room does not exist'],
  ])(
    'and is refused with %i, %s, ends without a reason; the token is invalidated, and none is asked for',
    async (status, body) => {
      const { joined, room, store, line, tokens } = await connected()
      line.refuse(status, body)
      line.cut()
      await vi.waitFor(() => expect(room.state).toBe('disconnected'), SOON)
      expect(joined.told.slice(-2)).toEqual(['reconnecting', 'disconnected'])
      expect(joined.invalidated).toBe(1)
      expect(store.getSnapshot().status).toBe('idle')
      expect(tokens).toHaveLength(1)
    },
  )

  it('and has no try left ends without a reason too, and looks the same', async () => {
    const reconnectPolicy = {
      nextRetryDelayInMs: ({ retryCount }: { retryCount: number }) => (retryCount < 3 ? 10 : null),
    }
    const { joined, room, line, tokens } = await connected({ reconnectPolicy })
    line.refuse(503)
    line.cut()
    await vi.waitFor(() => expect(room.state).toBe('disconnected'), SOON)
    expect(joined.told.slice(-2)).toEqual(['reconnecting', 'disconnected'])
    expect(joined.invalidated).toBe(1)
    expect(tokens).toHaveLength(1)
  })

  it('has ten tries by default: soon, after 0.3, 1.2, 2.7 and 4.8 s, then every 7 s, each by up to half more or less', () => {
    const policy = new DefaultReconnectPolicy()
    const delaysWith = (luck: number) => {
      const random = vi.spyOn(Math, 'random').mockReturnValue(luck)
      const tries = Array.from({ length: 11 }, (_, retryCount) => ({ retryCount, elapsedMs: 0 }))
      const delays = tries.map((context) => policy.nextRetryDelayInMs(context))
      random.mockRestore()
      return delays
    }
    const seven = Array(5).fill(7_000)
    expect(delaysWith(0.5)).toEqual([250, 300, 1_200, 2_700, 4_800, ...seven, null])
    expect(delaysWith(0)).toEqual([0, 150, 600, 1_350, 2_400, ...Array(5).fill(3_500), null])
  })

  it.each([500, 503])(
    'tries on while the server answers %i, with the token that it was pushed',
    async (status) => {
      const { joined, room, line, tokens } = await connected()
      line.refuse(status)
      line.cut()
      const tries = () => line.requests.filter((request) => request.includes('/rtc?'))
      await vi.waitFor(() => expect(tries().length).toBeGreaterThan(2), SOON)
      expect(room.state).not.toBe('disconnected')
      line.letThrough()
      await vi.waitFor(() => expect(room.state).toBe('connected'), { timeout: 40_000 })
      expect(tries().slice(1).map(tokenIn)).toEqual(
        tries()
          .slice(1)
          .map(() => PUSHED),
      )
      expect(joined.told.slice(-2)).toEqual(['reconnecting', 'connected'])
      expect(joined.invalidated).toBe(0)
      expect(tokens).toHaveLength(1)
    },
  )

  it('as the server orders joins anew with the token that it was pushed, not with the store’s', async () => {
    const { joined, room, server, tokens } = await connected()
    server.leave(DisconnectReason.STATE_MISMATCH, LeaveRequest_Action.RECONNECT)
    await vi.waitFor(() => expect(server.joins).toHaveLength(2), SOON)
    expect(server.joins[1]).toEqual({ token: PUSHED, resumed: false })
    await vi.waitFor(() => expect(room.state).toBe('connected'), SOON)
    expect(joined.told.slice(-2)).toEqual(['reconnecting', 'connected'])
    expect(joined.invalidated).toBe(0)
    expect(tokens).toHaveLength(1)
  })

  it('after it was moved resumes with the new room’s token', async () => {
    const { room, server, line, heard } = await connected()
    server.move('third', 'token-of-the-third')
    await vi.waitFor(() => expect(heard).toHaveLength(2), SOON)
    line.cut()
    await vi.waitFor(() => expect(server.joins).toHaveLength(2), SOON)
    expect(server.joins[1]).toEqual({ token: 'token-of-the-third', resumed: true })
    await vi.waitFor(() => expect(room.state).toBe('connected'), SOON)
  })

  it('refused by the same store is connected again by one new fetch, when the app asks', async () => {
    const { joined, room, line, tokens } = await connected()
    line.refuse(401)
    line.cut()
    await vi.waitFor(() => expect(room.state).toBe('disconnected'), SOON)
    line.letThrough()
    expect(await joined.connect()).toBeUndefined()
    expect(room.state).toBe('connected')
    expect(tokens).toHaveLength(2)
  })
})

describe('What livekit-client tells of it', () => {
  it('is these events and states, in this order', async () => {
    const { room, line, server } = await connected()
    const heard: string[] = []
    for (const name of ['SignalReconnecting', 'Reconnecting', 'Reconnected', 'Disconnected'] as const) {
      room.on(RoomEvent[name], (reason?: unknown) =>
        heard.push(reason === undefined ? name : `${name} ${reason}`),
      )
    }
    room.on(RoomEvent.ConnectionStateChanged, (state) => heard.push(`<${state}>`))
    line.cut()
    await vi.waitFor(() => expect(heard).toContain('Reconnected'), SOON)
    server.leave(DisconnectReason.ROOM_CLOSED)
    await vi.waitFor(() => expect(heard.at(-1)).toContain('Disconnected'), SOON)
    expect(heard).toEqual([
      ...['<signalReconnecting>', 'SignalReconnecting', '<connected>', 'Reconnected'],
      ...['<disconnected>', 'Disconnected 10'],
    ])
  })

  it('is of a move the room’s name, and never the token', async () => {
    const { heard } = await connected()
    expect(heard).toEqual(['["elsewhere"]'])
  })

  it('is nothing of a token that the server pushes', async () => {
    const { room, server, joined } = await connected()
    const emitted: string[] = []
    const emit = room.emit.bind(room)
    room.emit = (name, ...given) => {
      emitted.push(name)
      return emit(name, ...given)
    }
    server.refreshToken('another')
    // What comes after it on the same line has come, so it has come too.
    server.move('third', 'another')
    await vi.waitFor(() => expect(emitted).toContain(RoomEvent.Moved), SOON)
    expect(emitted.filter((name) => name !== RoomEvent.Moved)).toEqual([])
    expect(Object.values(RoomEvent).filter((name) => /token/i.test(name))).toEqual([])
    expect(JSON.stringify(joined.events)).not.toContain('another')
  })
})
