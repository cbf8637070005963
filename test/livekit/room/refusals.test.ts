import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { ConnectionErrorReason, ConnectionState, DisconnectReason, Room, setLogLevel } from 'livekit-client'
import { createTokenStore } from 'livekit-token-store'
import { connectRoom } from 'livekit-token-store/livekit'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { signToken } from '../../helpers/tokens'
import { rejection } from '../helpers'
import { join, lineTo } from './joining'
import { startSignalServer } from './signal-server'
import { stubBrowser } from './stub-rtc'

beforeAll(() => {
  stubBrowser()
  setLogLevel('silent')
})

const token = () => signToken({ issuedAt: Date.now() })

/** A LiveKit-like server behind a line that refuses in its place. */
async function refusing(status: number, body = '') {
  const server = await startSignalServer()
  onTestFinished(() => server.stop())
  const line = await lineTo(server)
  line.refuse(status, body)
  return line
}

describe('connectRoom to a server that refuses with', () => {
  it.each([
    // status, body, ConnectionErrorReason, status in the error, what is told, fetches, invalidations
    [401, 'invalid token', 0, 401, 'disconnected: USER_REJECTED', 2, 1],
    [403, 'permission denied', 0, 403, 'disconnected: USER_REJECTED', 2, 1],
    [404, 'requested room does not exist', 0, 404, 'disconnected: USER_REJECTED', 1, 1],
    [400, 'identity cannot be empty', 6, undefined, 'disconnected: UNKNOWN_REASON', 1, 0],
    [500, 'internal error', 6, undefined, 'disconnected: UNKNOWN_REASON', 1, 0],
    [503, 'limit exceeded', 6, undefined, 'disconnected: UNKNOWN_REASON', 1, 0],
  ])(
    '%i %s: rejects with reason %i and status %s, as upstream tells them',
    async (status, body, reason, told, end, fetches, invalidations) => {
      const line = await refusing(status, body)
      const joined = await join({ url: line.url, token })
      expect(joined.error).toMatchObject({ name: 'ConnectionError', reason })
      expect(joined.error?.status).toBe(told)
      expect(joined.told.at(-1)).toBe(end)
      expect(joined.tokens).toHaveLength(fetches)
      expect(joined.invalidated).toBe(invalidations)
      expect(joined.room.state).toBe('disconnected')
    },
  )

  it('a 401 at first lets the second token in: one forced fetch, and nothing is invalidated', async () => {
    const line = await refusing(401)
    const forced: boolean[] = []
    const joined = await join({
      url: line.url,
      token: (force) => {
        forced.push(force)
        if (force) line.letThrough()
        return token()
      },
    })
    expect(joined.error).toBeUndefined()
    expect(forced).toEqual([false, true])
    expect(joined.told).toEqual(['connecting', 'disconnected: USER_REJECTED', 'connecting', 'connected'])
    expect(joined.invalidated).toBe(0)
  })
})

describe('connectRoom', () => {
  it('rejects with ServerUnreachable where nothing listens, and keeps the token', async () => {
    const line = await refusing(500)
    line.stop()
    const joined = await join({ url: line.url, token })
    expect(joined.error).toMatchObject({ name: 'ConnectionError', reason: 1 })
    expect(joined.told).toEqual(['connecting', 'disconnected: JOIN_FAILURE'])
    expect(joined.store.getSnapshot().status).toBe('valid')
    expect(joined.tokens).toHaveLength(1)
  })

  it('connects to an older LiveKit, which has only the older path, and does not take it for none', async () => {
    const signal = await startSignalServer()
    onTestFinished(() => signal.stop())
    const asked: string[] = []
    const older = createServer((request, response) => {
      asked.push(request.url!.split('?')[0]!)
      response.writeHead(404).end('404 page not found')
    })
    const front = await lineTo(signal)
    // The newer path is answered here, the older one by the signal server.
    older.on('upgrade', (request, socket) => {
      const path = request.url!.split('?')[0]!
      asked.push(path)
      if (path === '/rtc/v1') {
        socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
        return
      }
      const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
      forward(front.url, socket, `GET ${request.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
    })
    await new Promise<void>((ready) => older.listen(0, '127.0.0.1', ready))
    onTestFinished(() => {
      older.closeAllConnections()
      older.close()
    })
    const url = `ws://127.0.0.1:${(older.address() as AddressInfo).port}`
    const joined = await join({ url, token })
    expect(joined.error).toBeUndefined()
    expect(joined.told).toEqual(['connecting', 'connected'])
    expect(asked).toEqual(['/rtc/v1', '/rtc/v1/validate', '/rtc'])
  })

  it('rejects with Cancelled when the app disconnects the room meanwhile, and keeps the token', async () => {
    const server = await startSilentServer()
    const store = createTokenStore({
      fetchToken: () => ({ serverUrl: server.url, participantToken: token() }),
    })
    onTestFinished(() => store.dispose())
    const room = new Room()
    const connecting = rejection(connectRoom(room, store))
    await vi.waitFor(() => expect(server.asked()).toBeGreaterThan(0), 10_000)
    await room.disconnect()
    expect(await connecting).toMatchObject({ name: 'ConnectionError', reason: 3 })
    expect(store.getSnapshot().status).toBe('valid')
  })

  it('on a room that is connected opens no second connection', async () => {
    const server = await startSignalServer()
    onTestFinished(() => server.stop())
    const joined = await join({ url: server.url, token })
    await joined.store.refresh()
    expect(await joined.connect()).toBeUndefined()
    expect(server.joins).toHaveLength(1)
    expect(joined.told).toEqual(['connecting', 'connected'])
  })
})

describe('livekit-client', () => {
  it('has the reasons and states that connectRoom knows, by these numbers and names', () => {
    const {
      NotAllowed,
      ServerUnreachable,
      InternalError,
      Cancelled,
      LeaveRequest,
      Timeout,
      WebSocket,
      ServiceNotFound,
    } = ConnectionErrorReason
    expect([
      ...[NotAllowed, ServerUnreachable, InternalError, Cancelled],
      ...[LeaveRequest, Timeout, WebSocket, ServiceNotFound],
    ]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(Object.values(ConnectionState).sort()).toEqual(
      ['connecting', 'connected', 'disconnected', 'reconnecting', 'signalReconnecting'].sort(),
    )
    expect(DisconnectReason).toMatchObject({
      ...{ CLIENT_INITIATED: 1, DUPLICATE_IDENTITY: 2, SERVER_SHUTDOWN: 3, PARTICIPANT_REMOVED: 4 },
      ...{ ROOM_DELETED: 5, STATE_MISMATCH: 6, JOIN_FAILURE: 7, MIGRATION: 8, SIGNAL_CLOSE: 9 },
      ...{ ROOM_CLOSED: 10, USER_REJECTED: 12, CONNECTION_TIMEOUT: 14, MEDIA_FAILURE: 15, AGENT_ERROR: 16 },
    })
  })

  it('calls each refusal ServerUnreachable by name, so that the name tells nothing', async () => {
    const line = await refusing(401, 'invalid token')
    const error = await rejection(new Room().connect(line.url, token()))
    expect(error).toMatchObject({ reason: 0, reasonName: 'ServerUnreachable', status: 401 })
  })

  it('never rejects a prepareConnection, and sends no token with it', async () => {
    const sent: string[] = []
    const server = createServer((request, response) => {
      sent.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'no token'}`)
      response.writeHead(401).end()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    await new Room().prepareConnection(`ws://127.0.0.1:${port}`, token())
    expect(sent).toEqual(['HEAD / no token'])
    await expect(new Room().prepareConnection('ws://127.0.0.1:1', token())).resolves.toBeUndefined()
  })
})

/** Lets a socket go on to the server of that URL, beginning with what was read of it already. */
function forward(url: string, near: Duplex, first: string): void {
  const { hostname, port } = new URL(url)
  const far = connect(Number(port), hostname)
  far.write(first)
  near.pipe(far).pipe(near)
  for (const end of [near, far]) end.on('error', () => end.destroy())
  near.on('close', () => far.destroy())
}

/** A server that takes connections and answers nothing. */
async function startSilentServer() {
  let asked = 0
  const sockets: Socket[] = []
  const server = createTcpServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      asked += 1
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked }
}
