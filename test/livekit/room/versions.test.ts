import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TokenEvent } from 'livekit-token-store'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  livekitMissing,
  livekitToken,
  type RunningServer,
  startLiveKitTestServer,
} from '../../helpers/livekit-server'
import { readText } from '../../helpers/repo'
import { rejection } from '../helpers'
import { toldOf } from './setup'
import { stubBrowser } from './stub-rtc'

type Client = typeof import('livekit-client')

/** The first version with `TokenSource`, one in the middle, and the newest; each under a name of its own. */
const PACKAGES = ['livekit-client-2.15.8', 'livekit-client-2.18.1', 'livekit-client']

describe.skipIf(livekitMissing)('with', () => {
  let server: RunningServer
  beforeAll(async () => {
    stubBrowser()
    server = await startLiveKitTestServer()
  })
  afterAll(() => server?.stop())

  describe.each(PACKAGES)('%s', (name) => {
    let client: Client
    let ours: typeof import('livekit-token-store/livekit')
    let createTokenStore: typeof import('livekit-token-store').createTokenStore
    beforeAll(async () => {
      vi.resetModules()
      vi.doMock('livekit-client', () => vi.importActual(name))
      client = await vi.importActual<Client>(name)
      ours = await import('livekit-token-store/livekit')
      ;({ createTokenStore } = await import('livekit-token-store'))
      client.setLogLevel('silent')
    })
    afterAll(() => void vi.doUnmock('livekit-client'))

    /** A store whose tokens are signed by somebody else until the given attempt. */
    function clientOf({ forgedUntil = 0, mock = 'happy', url = server.url } = {}) {
      const tokens: string[] = []
      const store = createTokenStore({
        async fetchToken() {
          const forged = tokens.length < forgedUntil ? { secret: 'forged' } : {}
          const attributes = { 'lk.mock': JSON.stringify({ signal: mock }) }
          tokens.push(await livekitToken({ attributes, ...forged }))
          return { serverUrl: url, participantToken: tokens.at(-1)! }
        },
      })
      const events: TokenEvent[] = []
      store.events$.subscribe((event) => events.push(event))
      const room = new client.Room()
      onTestFinished(async () => {
        await room.disconnect()
        store.dispose()
      })
      return { store, room, tokens, told: () => toldOf(events) }
    }

    it('is the version that its name says', () => {
      const expected =
        /-(\d.*)$/.exec(name)?.[1] ?? JSON.parse(readText('package.json')).devDependencies[name]
      expect(client.version).toBe(expected)
    })

    it('toTokenSource is a TokenSourceConfigurable of that version, and bypasses its cache', async () => {
      const { store, tokens } = clientOf()
      const source = ours.toTokenSource(store)
      expect(source).toBeInstanceOf(client.TokenSourceConfigurable)
      await source.fetch({})
      await source.fetch({}, true)
      expect(tokens).toHaveLength(2)
    })

    it('fromTokenSource asks that version’s own source, always anew', async () => {
      let made = 0
      const source = client.TokenSource.custom(async () => {
        made += 1
        return { serverUrl: server.url, participantToken: await livekitToken() }
      })
      const store = createTokenStore({ fetchToken: ours.fromTokenSource(source) })
      onTestFinished(() => store.dispose())
      await store.fetch()
      await store.refresh()
      expect(made).toBe(2)
    })

    it('connectRoom connects, and tells it', async () => {
      const { store, room, told } = clientOf()
      await ours.connectRoom(room, store)
      expect(room.state).toBe('connected')
      await room.disconnect()
      expect(told()).toEqual(['connecting', 'connected', 'disconnected: CLIENT_INITIATED'])
    })

    it('connectRoom answers a refusal with one forced fetch', async () => {
      const { store, room, tokens, told } = clientOf({ forgedUntil: 1 })
      await ours.connectRoom(room, store)
      expect(tokens).toHaveLength(2)
      expect(room.state).toBe('connected')
      expect(told().filter((state) => state === 'connecting')).toHaveLength(2)
    })

    it('connectRoom rejects with upstream’s error when both tokens are refused', async () => {
      const { store, room, tokens } = clientOf({ forgedUntil: 9 })
      const error = await rejection(ours.connectRoom(room, store))
      expect(error).toBeInstanceOf(client.ConnectionError)
      expect(error).toMatchObject({ reason: 0, status: 401 })
      for (const token of tokens) expect(error.message + error.stack).not.toContain(token)
      expect(store.getSnapshot().status).toBe('idle')
    })

    it('connectRoom ends after connectTimeoutMs with that version’s ConnectionError', async () => {
      const { store, room } = clientOf({ mock: 'no_first_message' })
      const error = await rejection(ours.connectRoom(room, store, {}, { connectTimeoutMs: 300 }))
      expect(error).toBeInstanceOf(client.ConnectionError)
      expect(error).toMatchObject({ name: 'ConnectionError', reason: 5 })
      expect(room.state).toBe('disconnected')
    })

    it('connectRoom never ends in a connected room when it is aborted meanwhile', async () => {
      const { store, room } = clientOf()
      const controller = new AbortController()
      const reason = new Error('the user left')
      room.on('connectionStateChanged', () => controller.abort(reason))
      expect(await rejection(ours.connectRoom(room, store, {}, { signal: controller.signal }))).toBe(reason)
      expect(room.state).toBe('disconnected')
    })

    it('connectRoom ends within seconds at a web server that is no LiveKit server', async () => {
      const web = createServer((_, response) => response.writeHead(404).end())
      await new Promise<void>((ready) => web.listen(0, '127.0.0.1', ready))
      onTestFinished(() => {
        web.closeAllConnections()
        web.close()
      })
      const url = `ws://127.0.0.1:${(web.address() as AddressInfo).port}`
      const { store, room } = clientOf({ url })
      const begun = performance.now()
      const error = await rejection(ours.connectRoom(room, store))
      expect(error).toBeInstanceOf(client.ConnectionError)
      expect(performance.now() - begun).toBeLessThan(5_000)
      // An old version gives up by itself, in words of its own.
      if (name !== 'livekit-client-2.15.8') expect(error).toMatchObject({ reason: 7 })
      expect(room.state).toBe('disconnected')
    })
  })
})
