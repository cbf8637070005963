import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Room, setLogLevel } from 'livekit-client'
import { createTokenStore } from 'livekit-token-store'
import { connectRoom } from 'livekit-token-store/livekit'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { isNoLiveKitServer } from '../../../src/livekit/probe-server'
import { signToken } from '../../helpers/tokens'
import { rejection } from '../helpers'
import { setUp } from './setup'
import { stubBrowser } from './stub-rtc'

beforeAll(() => {
  stubBrowser()
  setLogLevel('silent')
})

const token = signToken({ issuedAt: Date.now() })
const never = new AbortController().signal

/** A web server that answers each path as told, and what it was asked. */
async function webServer(answer: (path: string, bearer: boolean) => number | [number, string]) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost')
    const bearer = request.headers.authorization !== undefined
    asked.push(`${pathname}${bearer ? ' bearer' : ''}`)
    const given = answer(pathname, bearer)
    const [status, body] = typeof given === 'number' ? [given, ''] : given
    response.writeHead(status).end(body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const storeFor = (serverUrl: string) =>
  createTokenStore({ fetchToken: () => ({ serverUrl, participantToken: token }) })

describe('a serverUrl that is an ordinary web server', () => {
  it('is asked by upstream’s Room.connect hundreds of times a second, for ever', async () => {
    const server = await webServer(() => 404)
    const room = new Room()
    const connecting = room.connect(server.url, token)
    connecting.catch(() => {})
    await wait(1_500)
    const first = server.asked.length
    await wait(500)
    expect(first).toBeGreaterThan(100)
    expect(server.asked.length).toBeGreaterThan(first)
    await room.disconnect()
  })

  it('makes connectRoom reject within seconds, say why, and ask on for nothing', async () => {
    const server = await webServer(() => 404)
    const store = storeFor(server.url)
    const room = new Room()
    const begun = performance.now()
    const error = await rejection(connectRoom(room, store))
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(error).toMatchObject({ name: 'ConnectionError', reason: 7, reasonName: 'ServiceNotFound' })
    expect(error.message).toContain('`serverUrl` is no LiveKit server')
    expect(error.message).toContain(server.url)
    expect(room.state).toBe('disconnected')
    await wait(300)
    const asked = server.asked.length
    await wait(700)
    expect(server.asked.length).toBe(asked)
    expect(store.getSnapshot().status).toBe('valid')
  })
})

describe('the question whether a server is no LiveKit server', () => {
  it('is not asked when the room connects within a second', async () => {
    const server = await webServer(() => 404)
    const { connect, room, clock, fetcher } = setUp()
    fetcher.usually(() => ({ serverUrl: server.url, participantToken: token }))
    connect()
    await clock.advance(999)
    room.calls[0]!.succeed()
    await clock.advance(60_000)
    await wait(100)
    expect(server.asked).toEqual([])
  })

  it('is asked again when the first answer got lost', async () => {
    let down = true
    const server = await webServer(() => (down ? 500 : 404))
    const { connect, clock, fetcher } = setUp()
    fetcher.usually(() => ({ serverUrl: server.url, participantToken: token }))
    const call = connect()
    await clock.advance(1_000)
    await vi.waitFor(() => expect(server.asked).toHaveLength(4))
    down = false
    await vi.waitFor(async () => {
      await clock.advance(3_000)
      expect(call.outcome).toMatchObject({ reason: 7 })
    })
    const asked = server.asked.length
    await clock.advance(60_000)
    await wait(100)
    expect(server.asked).toHaveLength(asked)
  })

  it('is not asked when the signal connection stands, however slow the media', async () => {
    const server = await webServer(() => 404)
    const { connect, room, clock, fetcher } = setUp()
    fetcher.usually(() => ({ serverUrl: server.url, participantToken: token }))
    const call = connect()
    await clock.advance(500)
    room.emit('signalConnected')
    await clock.advance(10_000)
    await wait(100)
    expect(server.asked).toEqual([])
    expect(call.outcome).toBe('pending')
  })

  it('is dropped as soon as the room connects, whatever its answer', async () => {
    let dropped = 0
    const server = createServer((_, response) => response.once('close', () => (dropped += 1)))
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const asked = vi.fn()
    server.on('request', asked)
    const { connect, room, clock, fetcher, settle } = setUp()
    const serverUrl = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
    fetcher.usually(() => ({ serverUrl, participantToken: token }))
    const call = connect()
    await clock.advance(1_000)
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
    room.calls[0]!.succeed()
    await settle()
    await vi.waitFor(() => expect(dropped).toBe(2))
    expect(call.outcome).toBe('connected')
  })

  it('is sure of 404 at both paths, and then needs no token', async () => {
    const server = await webServer(() => 404)
    expect(await isNoLiveKitServer(server.url, token, never)).toBe(true)
    expect(server.asked.sort()).toEqual(['/rtc/v1/validate', '/rtc/validate'])
  })

  it('asks below the path of the URL, without its user name and password', async () => {
    const server = await webServer(() => 404)
    const url = `${server.url.replace('//', '//me:secret@')}/sfu`
    expect(await isNoLiveKitServer(url, token, never)).toBe(true)
    expect(server.asked.sort()).toEqual(['/sfu/rtc/v1/validate', '/sfu/rtc/validate'])
  })

  it('is sure too when the paths are missing only to who has a token', async () => {
    const server = await webServer((_, bearer) => (bearer ? 404 : 401))
    expect(await isNoLiveKitServer(server.url, token, never)).toBe(true)
  })

  it.each<[string, (path: string, bearer: boolean) => number | [number, string]]>([
    ['401 without a token and 400 with one, as LiveKit does', (_, bearer) => (bearer ? 400 : 401)],
    ['404 at the newer path alone, as an older LiveKit does', (path) => (path.includes('v1') ? 404 : 401)],
    [
      '404 for a room that does not exist',
      (_, bearer) => (bearer ? [404, 'requested room does not exist'] : 401),
    ],
    ['200 at everything', () => 200],
    ['500 at everything', () => 500],
  ])('is not sure of %s', async (_, answer) => {
    const server = await webServer(answer)
    expect(await isNoLiveKitServer(server.url, token, never)).toBe(false)
  })

  it('is not sure without an answer, nor of one that is not to be read', async () => {
    expect(await isNoLiveKitServer('ws://127.0.0.1:9', token, never)).toBe(false)
    expect(await isNoLiveKitServer('ws://127.0.0.1:1', token, AbortSignal.abort())).toBe(false)
  })
})
