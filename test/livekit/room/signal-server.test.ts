import { DisconnectReason, Room, setLogLevel } from 'livekit-client'
import { createTokenStore, type TokenEvent } from 'livekit-token-store'
import { connectRoom } from 'livekit-token-store/livekit'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { signToken } from '../../helpers/tokens'
import { toldOf } from './setup'
import { startSignalServer } from './signal-server'
import { stubBrowser } from './stub-rtc'

beforeAll(() => {
  stubBrowser()
  setLogLevel('silent')
})

/** A real Room that is connected to a signal server of the test's own, with tokens of a few seconds. */
async function joined(lifetimeMs = 600_000) {
  const server = await startSignalServer()
  let fail = false
  let fetches = 0
  const store = createTokenStore({
    fetchToken() {
      fetches += 1
      if (fail) throw Object.assign(new Error('down'), { status: 503 })
      return { serverUrl: server.url, participantToken: signToken({ issuedAt: Date.now(), lifetimeMs }) }
    },
  })
  const events: TokenEvent[] = []
  store.events$.subscribe((event) => events.push(event))
  // The older path tells a resume by a parameter of its URL.
  const room = new Room({ singlePeerConnection: false })
  onTestFinished(async () => {
    await room.disconnect()
    store.dispose()
    await server.stop()
  })
  await connectRoom(room, store)
  return {
    server,
    store,
    room,
    told: () => toldOf(events),
    isInvalidated: () => events.some(({ type }) => type === 'invalidated'),
    breakEndpoint: () => {
      fail = true
    },
    fetches: () => fetches,
  }
}

const ENDING = ['PARTICIPANT_REMOVED', 'ROOM_DELETED', 'ROOM_CLOSED', 'USER_REJECTED', 'AGENT_ERROR']
const names = Object.entries(DisconnectReason).filter(
  (entry): entry is [string, DisconnectReason] => typeof entry[1] === 'number',
)

describe('a real Room', () => {
  it.each(names)(
    'that the server ends by %s is told with that name, and the token’s fate follows',
    async (name, reason) => {
      const { server, room, told, isInvalidated, fetches } = await joined()
      server.leave(reason)
      await vi.waitFor(() => expect(room.state).toBe('disconnected'), 5_000)
      expect(told()).toEqual(['connecting', 'connected', `disconnected: ${name}`])
      expect(isInvalidated()).toBe(ENDING.includes(name))
      expect(fetches()).toBe(1)
    },
  )

  it('resumes with the token that the server pushed, without asking the store', async () => {
    const { server, room, told, fetches, isInvalidated } = await joined()
    server.refreshToken('pushed-by-the-server')
    await new Promise((resolve) => setTimeout(resolve, 50))
    server.drop()
    await vi.waitFor(() => expect(server.joins).toHaveLength(2), 5_000)
    expect(server.joins[1]).toEqual({ token: 'pushed-by-the-server', resumed: true })
    await vi.waitFor(() => expect(room.state).toBe('connected'), 5_000)
    expect(told()).toEqual(['connecting', 'connected', 'reconnecting', 'connected'])
    expect(fetches()).toBe(1)
    expect(isInvalidated()).toBe(false)
  })

  it('resumes though the store’s token has expired and its refresh fails meanwhile', async () => {
    const { server, store, room, told, breakEndpoint } = await joined(1_500)
    breakEndpoint()
    const errors: unknown[] = []
    onTestFinished(store.subscribe(({ error }) => errors.push(error)))
    await vi.waitFor(() => expect(errors.some((error) => error !== null)).toBe(true), 5_000)
    server.refreshToken('pushed-by-the-server')
    await vi.waitFor(() => expect(store.getSnapshot().token).toBeNull(), 5_000)
    expect(room.state).toBe('connected')
    server.drop()
    await vi.waitFor(() => expect(told().at(-2)).toBe('reconnecting'), 5_000)
    expect(told().at(-1)).toBe('connected')
    expect(server.joins[1]?.token).toBe('pushed-by-the-server')
  }, 20_000)

  it('that is moved is told so', async () => {
    const { server, room, told, isInvalidated } = await joined()
    server.move('elsewhere', 'token-of-elsewhere')
    await vi.waitFor(() => expect(told().at(-1)).toBe('moved'), 5_000)
    expect(room.name).toBe('elsewhere')
    expect(room.state).toBe('connected')
    expect(isInvalidated()).toBe(false)
  })
})
