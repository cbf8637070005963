import { setTimeout as wait } from 'node:timers/promises'
import { ConnectionError, DisconnectReason, Room, setLogLevel } from 'livekit-client'
import { createTokenStore, type TokenEvent } from 'livekit-token-store'
import { connectRoom } from 'livekit-token-store/livekit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  livekitMissing,
  livekitToken,
  type RunningServer,
  startLiveKitTestServer,
} from '../../helpers/livekit-server'
import { readText } from '../../helpers/repo'
import { startLine, tokenIn } from './line'
import { toldOf } from './setup'
import { stubBrowser } from './stub-rtc'

/** What LiveKit's test server 1.13.5 does on order; any other word means happy to it. */
const MODES = [
  ...['happy', 'validate_500', 'validate_service_not_found', 'room_not_found', 'no_first_message', 'no_pong'],
  ...['close_before_join', 'close_when_connected', 'drop_when_connected', 'drop_on_close'],
  ...['leave_when_connected', 'leave_first_message', 'leave_during_reconnect'],
]

interface Mock {
  signal: string
  /** What the server asks for when it says goodbye. Default: DISCONNECT. */
  leaveAction?: string | undefined
}

interface Through {
  /** Default: the server's own. */
  url?: string
  /** Whether by the older path, whose URL tells a resume: the test server sees none by the newer. */
  older?: boolean
}

describe.skipIf(livekitMissing)('connectRoom against LiveKit’s own test server', () => {
  let server: RunningServer
  beforeAll(async () => {
    stubBrowser()
    setLogLevel('silent')
    server = await startLiveKitTestServer()
  })
  afterAll(() => server?.stop())

  /** Connects a real Room with tokens that order the mode; what came of it, after `ms` more. */
  async function join(mock: Mock, { url = server.url, older = false }: Through = {}) {
    expect(MODES).toContain(mock.signal)
    let fetches = 0
    const store = createTokenStore({
      async fetchToken() {
        fetches += 1
        const participantToken = await livekitToken({ attributes: { 'lk.mock': JSON.stringify(mock) } })
        return { serverUrl: url, participantToken }
      },
    })
    const events: TokenEvent[] = []
    store.events$.subscribe((event) => events.push(event))
    const room = new Room(older ? { singlePeerConnection: false } : {})
    onTestFinished(async () => {
      await room.disconnect()
      store.dispose()
    })
    const error = await connectRoom(room, store).then(
      () => undefined,
      (reason) => reason as Error,
    )
    return {
      room,
      error,
      get told() {
        return toldOf(events)
      },
      get invalidated() {
        return events.filter(({ type }) => type === 'invalidated').length
      },
      get fetches() {
        return fetches
      },
    }
  }

  it('happy: connects, and tells so', async () => {
    const joined = await join({ signal: 'happy' })
    expect(joined.error).toBeUndefined()
    expect(joined.room.state).toBe('connected')
    expect(joined.told).toEqual(['connecting', 'connected'])
    await joined.room.disconnect()
    expect(joined.told.at(-1)).toBe('disconnected: CLIENT_INITIATED')
    expect(joined.invalidated).toBe(0)
  })

  it('each mode has its test here', () => {
    const text = readText('test/livekit/room/test-server.test.ts')
    const tests = text.slice(text.indexOf('describe.skipIf'))
    expect(MODES.filter((mode) => !new RegExp(`\\b${mode}\\b`).test(tests))).toEqual([])
    expect(MODES).toHaveLength(13)
  })

  it.each([
    // mode, ConnectionErrorReason, status, what is told of the end, how often the token is invalidated
    ['validate_500', 6, undefined, 'disconnected: UNKNOWN_REASON', 0],
    ['validate_service_not_found', 7, undefined, 'disconnected: CLIENT_INITIATED', 0],
    ['room_not_found', 0, 404, 'disconnected: USER_REJECTED', 1],
    ['no_first_message', 5, undefined, 'disconnected: UNKNOWN_REASON', 0],
    ['close_before_join', 2, undefined, 'disconnected: UNKNOWN_REASON', 0],
    ['leave_first_message', 4, undefined, 'disconnected', 1],
  ])(
    '%s: rejects with upstream’s reason %i, asks for no other token',
    async (signal, reason, status, end, times) => {
      const joined = await join({ signal })
      expect(joined.error).toMatchObject({ name: 'ConnectionError', reason })
      expect((joined.error as { status?: number }).status).toBe(status)
      expect(joined.room.state).toBe('disconnected')
      expect(joined.told).toEqual(['connecting', end])
      expect(joined.invalidated).toBe(times)
      expect(joined.fetches).toBe(1)
    },
    15_000,
  )

  it.each(['no_pong', 'close_when_connected', 'drop_when_connected'])(
    '%s: the room reconnects, told once, and the token stays',
    async (signal) => {
      const joined = await join({ signal })
      await vi.waitFor(() => expect(joined.told).toContain('reconnecting'), 10_000)
      expect(joined.told.slice(0, 3)).toEqual(['connecting', 'connected', 'reconnecting'])
      await wait(300)
      expect(joined.told.filter((told, index) => told === joined.told[index - 1])).toEqual([])
      expect(joined.invalidated).toBe(0)
      expect(joined.fetches).toBe(1)
    },
    15_000,
  )

  it('leave_when_connected: the room ends with the server’s reason, and the token stays', async () => {
    const joined = await join({ signal: 'leave_when_connected' })
    await vi.waitFor(() => expect(joined.room.state).toBe('disconnected'), 5_000)
    expect(joined.told).toEqual(['connecting', 'connected', 'disconnected: SERVER_SHUTDOWN'])
    expect(joined.invalidated).toBe(0)
  })

  it('leave_when_connected, to reconnect: the room joins anew with the same token, and asks for none', async () => {
    const joined = await join({ signal: 'leave_when_connected', leaveAction: 'RECONNECT' })
    await vi.waitFor(() => expect(joined.told.slice(2, 4)).toEqual(['reconnecting', 'connected']), 20_000)
    expect(joined.invalidated).toBe(0)
    expect(joined.fetches).toBe(1)
  })

  it('leave_when_connected, to resume: the room resumes, by the path that tells', async () => {
    const line = await lineTo(server)
    const mock = { signal: 'leave_when_connected', leaveAction: 'RESUME' }
    const joined = await join(mock, { url: line.url, older: true })
    await vi.waitFor(() => expect(joined.told.slice(2, 4)).toEqual(['reconnecting', 'connected']), 20_000)
    expect(line.requests[1]).toContain('reconnect=1')
    expect(joined.invalidated).toBe(0)
    expect(joined.fetches).toBe(1)
  })

  it('leave_first_message: the error has lost why, as the room copies its reason and status alone', async () => {
    const { error } = await join({ signal: 'leave_first_message' })
    const context = (of: unknown) => (of as { context?: unknown }).context
    expect(context(ConnectionError.leaveRequest('', DisconnectReason.SERVER_SHUTDOWN))).toBe(3)
    expect(error).toMatchObject({ name: 'ConnectionError', reason: 4 })
    expect(context(error)).toBeUndefined()
  })

  it.each(['RESUME', 'RECONNECT'])(
    'leave_first_message, to %s: a first goodbye ends the connecting all the same',
    async (leaveAction) => {
      const joined = await join({ signal: 'leave_first_message', leaveAction })
      expect(joined.error).toMatchObject({ name: 'ConnectionError', reason: 4 })
      expect(joined.told).toEqual(['connecting', 'disconnected'])
      expect(joined.fetches).toBe(1)
    },
  )

  it('happy: a room whose line is cut resumes, told once, and the token stays', async () => {
    const line = await lineTo(server)
    const joined = await join({ signal: 'happy' }, { url: line.url, older: true })
    line.cut()
    await vi.waitFor(() => expect(joined.told.at(-1)).toBe('reconnecting'), 20_000)
    await vi.waitFor(() => expect(joined.told.at(-1)).toBe('connected'), 20_000)
    expect(joined.told).toEqual(['connecting', 'connected', 'reconnecting', 'connected'])
    expect(line.requests).toHaveLength(2)
    expect(joined.invalidated).toBe(0)
    expect(joined.fetches).toBe(1)
  })

  it.each(['DISCONNECT', 'RESUME', 'RECONNECT'])(
    'leave_during_reconnect, to %s: the resume ends by the goodbye, and the room joins anew with the same token',
    async (leaveAction) => {
      const line = await lineTo(server)
      const joined = await join(
        { signal: 'leave_during_reconnect', leaveAction },
        { url: line.url, older: true },
      )
      line.cut()
      await vi.waitFor(() => expect(joined.told.at(-1)).toBe('reconnecting'), 20_000)
      await vi.waitFor(() => expect(joined.told.at(-1)).toBe('connected'), 20_000)
      expect(joined.told).toEqual(['connecting', 'connected', 'reconnecting', 'connected'])
      const [first, resume, again] = line.requests
      expect(line.requests).toHaveLength(3)
      expect([first, resume, again].map((request) => request!.includes('reconnect=1'))).toEqual([
        false,
        true,
        false,
      ])
      expect(tokenIn(again)).toBe(tokenIn(first))
      expect(joined.invalidated).toBe(0)
      expect(joined.fetches).toBe(1)
    },
  )

  it('drop_on_close: a line that is dropped at the goodbye is the client’s own disconnect, and the token stays', async () => {
    const joined = await join({ signal: 'drop_on_close' })
    expect(joined.told).toEqual(['connecting', 'connected'])
    await joined.room.disconnect()
    await wait(500)
    expect(joined.room.state).toBe('disconnected')
    expect(joined.told).toEqual(['connecting', 'connected', 'disconnected: CLIENT_INITIATED'])
    expect(joined.invalidated).toBe(0)
    expect(joined.fetches).toBe(1)
  })

  it('an abort once the signal connection stands never ends in a connected room', async () => {
    const store = createTokenStore({
      fetchToken: async () => ({ serverUrl: server.url, participantToken: await livekitToken() }),
    })
    const room = new Room()
    onTestFinished(() => store.dispose())
    const controller = new AbortController()
    const reason = new Error('the user left')
    room.on('signalConnected', () => controller.abort(reason))
    await expect(connectRoom(room, store, {}, { signal: controller.signal })).rejects.toBe(reason)
    expect(room.state).toBe('disconnected')
    await wait(500)
    expect(room.state).toBe('disconnected')
    // The room is as good as new.
    room.removeAllListeners('signalConnected')
    await connectRoom(room, store)
    expect(room.state).toBe('connected')
    await room.disconnect()
  })

  it('an abort at any millisecond of the connecting never ends in a connected room', async () => {
    const store = createTokenStore({
      fetchToken: async () => ({ serverUrl: server.url, participantToken: await livekitToken() }),
    })
    onTestFinished(() => store.dispose())
    const outcomes: string[] = []
    for (let ms = 0; ms <= 40; ms += 2) {
      const room = new Room()
      const controller = new AbortController()
      const call = connectRoom(room, store, {}, { signal: controller.signal })
      setTimeout(() => controller.abort(new Error('the user left')), ms)
      const outcome = await call.then(
        () => 'connected',
        () => 'aborted',
      )
      outcomes.push(outcome)
      if (outcome === 'aborted') {
        expect(room.state).toBe('disconnected')
        await wait(30)
        expect(room.state).toBe('disconnected')
      }
      await room.disconnect()
    }
    expect(outcomes).toContain('aborted')
  }, 20_000)
})

/** A line to the server, until the test ends. */
async function lineTo(server: RunningServer) {
  const line = await startLine(server.url)
  onTestFinished(() => line.stop())
  return line
}
