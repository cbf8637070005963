import { createHmac } from 'node:crypto'
import { decodeJwt } from 'jose'
import { Room, setLogLevel } from 'livekit-client'
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  API_KEY,
  API_SECRET,
  livekitMissing,
  livekitToken,
  type RunningServer,
  startLiveKit,
} from '../../helpers/livekit-server'
import { signToken } from '../../helpers/tokens'
import { join, lineTo } from './joining'
import { tokenIn } from './line'
import { stubBrowser } from './stub-rtc'

const SOON = { timeout: 20_000 }

// What the store and its adapter take for granted of a LiveKit server, 1.13.5.
describe.skipIf(livekitMissing)('A real LiveKit server', () => {
  let server: RunningServer
  let http: string
  let rooms: RoomServiceClient
  let dispatches: AgentDispatchClient
  let roomNumber = 0
  beforeAll(async () => {
    stubBrowser()
    setLogLevel('silent')
    server = await startLiveKit()
    http = server.url.replace(/^ws/, 'http')
    rooms = new RoomServiceClient(http, API_KEY, API_SECRET)
    dispatches = new AgentDispatchClient(http, API_KEY, API_SECRET)
  }, 30_000)
  afterAll(() => server?.stop())

  const newRoom = () => `facts-${++roomNumber}`
  const iceServers = { rtcConfig: { iceServers: [] } }
  const agents = async (room: string) =>
    (await dispatches.listDispatch(room)).map(({ agentName }) => agentName).sort()

  /** Joins once more with the very token that was joined with before. */
  async function rejoin(token: string) {
    const room = new Room()
    onTestFinished(() => room.disconnect())
    await room.connect(server.url, token, iceServers)
    return room
  }

  describe('at validate, which a client asks why it was refused', () => {
    const validate = async (token: string, path = '/rtc/v1/validate') =>
      (await fetch(http + path, { headers: { authorization: `Bearer ${token}` } })).status

    it('answers a token that verifies with 400 by the newer path, for want of the rest, and with 200 by the older', async () => {
      expect(await validate(await livekitToken())).toBe(400)
      expect(await validate(await livekitToken(), '/rtc/validate')).toBe(200)
    })

    it('has a minute of leeway for the end of a token, and for its beginning', async () => {
      const now = Math.floor(Date.now() / 1000)
      const token = (claims: object) => signedByServer({ iss: API_KEY, sub: 'me', exp: now + 600, ...claims })
      expect(await validate(token({ exp: now - 55 }), '/rtc/validate')).toBe(200)
      expect(await validate(token({ exp: now - 65 }), '/rtc/validate')).toBe(401)
      expect(await validate(token({ nbf: now + 50 }), '/rtc/validate')).toBe(200)
      expect(await validate(token({ nbf: now + 70 }), '/rtc/validate')).toBe(401)
    })
  })

  it.each([
    ['of an unknown key', () => signedByServer({ iss: 'nobody', sub: 'me' }), 401],
    ['that is not valid yet', () => signedByServer({ iss: API_KEY, sub: 'me', nbf: seconds() + 120 }), 401],
    ['without claims', () => signedByServer({ iss: API_KEY, sub: 'me', video: undefined }), 401],
    ['of somebody else’s signature', () => signToken({ issuedAt: Date.now() }), 401],
  ])('refuses a token %s: one forced fetch, then the refusal', async (_, token, status) => {
    const joined = await join({ url: server.url, token })
    expect(joined.error).toMatchObject({ name: 'ConnectionError', reason: 0, status })
    expect(joined.tokens).toHaveLength(2)
    expect(joined.invalidated).toBe(1)
  })

  it.each([
    ['identity', () => signedByServer({ iss: API_KEY })],
    ['room', () => signedByServer({ iss: API_KEY, sub: 'me', video: { roomJoin: true } })],
  ])('does not say what is wrong with a token without %s: no other is asked for', async (_, token) => {
    const joined = await join({ url: server.url, token })
    expect(joined.error).toMatchObject({ name: 'ConnectionError', reason: 6 })
    expect(joined.error?.status).toBeUndefined()
    expect(joined.tokens).toHaveLength(1)
    expect(joined.invalidated).toBe(0)
  })

  it('lets a token without exp in, for which the store assumes ten minutes', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    const joined = await join({
      url: server.url,
      token: () => signedByServer({ iss: API_KEY, sub: 'me', exp: undefined, video: grantFor(newRoom()) }),
    })
    expect(joined.error).toBeUndefined()
    expect(joined.events.map(({ type }) => type)).toContain('no-expiry')
  })

  it('lets the old token of a participant who was removed in again, so that the store forgets it by policy alone', async () => {
    const name = newRoom()
    const joined = await join({ url: server.url, token: () => livekitToken({ grant: { room: name } }) })
    await rooms.removeParticipant(name, 'me')
    await vi.waitFor(() => expect(joined.told.at(-1)).toBe('disconnected: PARTICIPANT_REMOVED'), SOON)
    expect(joined.invalidated).toBe(1)
    expect((await rejoin(joined.tokens[0]!)).state).toBe('connected')
  })

  it('lets the old token of a room that was deleted in again, and dispatches its agents again', async () => {
    const name = newRoom()
    const joined = await join({
      url: server.url,
      token: () => signedByServer({ iss: API_KEY, sub: 'me', video: grantFor(name), ...withAgent('helper') }),
    })
    expect(joined.error).toBeUndefined()
    await vi.waitFor(async () => expect(await agents(name)).toEqual(['helper']), SOON)
    await rooms.deleteRoom(name)
    await vi.waitFor(() => expect(joined.told.at(-1)).toBe('disconnected: ROOM_DELETED'), SOON)
    expect(joined.invalidated).toBe(1)
    await rejoin(joined.tokens[0]!)
    await vi.waitFor(async () => expect(await agents(name)).toEqual(['helper']), SOON)
  })

  it('dispatches agents at a room’s birth alone: a second token’s agent does not come', async () => {
    const name = newRoom()
    const token = (identity: string, agent: string) =>
      signedByServer({ iss: API_KEY, sub: identity, video: grantFor(name), ...withAgent(agent) })
    await join({ url: server.url, token: () => token('first', 'early') })
    await vi.waitFor(async () => expect(await agents(name)).toEqual(['early']), SOON)
    const second = await join({ url: server.url, token: () => token('second', 'late') })
    expect(second.error).toBeUndefined()
    expect(await agents(name)).toEqual(['early'])
  })

  it('lists one dispatch without a name for a room whose token names no agent', async () => {
    const name = newRoom()
    await join({ url: server.url, token: () => livekitToken({ grant: { room: name } }) })
    await vi.waitFor(async () => expect(await agents(name)).toEqual(['']), SOON)
  })

  it('pushes a token of its own at once, with which a room comes back whose line was cut', async () => {
    const line = await lineTo(server)
    const name = newRoom()
    const mine = { attributes: { plan: 'pro' }, ...withAgent('helper') }
    const joined = await join({
      url: line.url,
      token: () => signedByServer({ iss: API_KEY, sub: 'me', video: grantFor(name), ...mine }),
    })
    const joins = () => line.requests.filter((request) => request.includes('/rtc/v1?'))
    // No public event tells of the pushed token, and a line that is cut before it came has none to come back with.
    const { engine } = joined.room as unknown as { engine: { token?: string } }
    await vi.waitFor(() => {
      expect(engine.token).toBeDefined()
      expect(engine.token).not.toBe(joined.tokens[0])
    }, SOON)
    line.cut()
    await vi.waitFor(() => expect(joins().length).toBeGreaterThan(1), SOON)
    const [first, second] = joins()
    expect(tokenIn(first)).toBe(joined.tokens[0])
    // That it is a resume is told within `join_request`: nothing of the URL says so.
    expect(second).not.toContain('reconnect=')
    expect(tokenIn(second)).not.toBe(joined.tokens[0])
    expect(decodeJwt(tokenIn(second)!)).toMatchObject({
      sub: 'me',
      video: { room: name, roomJoin: true },
      ...mine,
    })
    expect(joined.tokens).toHaveLength(1)
    expect(joined.invalidated).toBe(0)
  })

  it('that goes away makes the room reconnect, and says nothing against the token', async () => {
    const line = await lineTo(server)
    const joined = await join({ url: line.url, token: () => livekitToken({ grant: { room: newRoom() } }) })
    expect(joined.error).toBeUndefined()
    line.stop()
    await vi.waitFor(() => expect(joined.told).toEqual(['connecting', 'connected', 'reconnecting']), SOON)
    expect(joined.store.getSnapshot().status).toBe('valid')
    expect(joined.invalidated).toBe(0)
  })
})

const seconds = () => Math.floor(Date.now() / 1000)
const grantFor = (room: string) => ({ roomJoin: true, room })
const withAgent = (agentName: string) => ({ roomConfig: { agents: [{ agentName }] } })

/** A token of whatever claims, which an SDK would not write, signed with the server's secret. */
function signedByServer(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const payload = { exp: seconds() + 600, video: grantFor('A'), ...claims }
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`
  return `${body}.${createHmac('sha256', API_SECRET).update(body).digest('base64url')}`
}
