import { EventEmitter } from 'node:events'
import type { Room } from 'livekit-client'
import type { FetchToken, TokenStore, TokenStoreOptions } from 'livekit-token-store'
import type { connectRoom } from 'livekit-token-store/livekit'
import { beforeAll, describe, expect, it } from 'vitest'
import { credentials } from '../helpers/tokens'
import { metroBundle, reactNative } from './react-native'

interface Bundle {
  createTokenStore(options: TokenStoreOptions): TokenStore
  connectRoom: typeof connectRoom
}

let bundle: string
beforeAll(async () => {
  bundle = await metroBundle(`export { createTokenStore } from 'livekit-token-store'
export { connectRoom } from 'livekit-token-store/livekit'`)
}, 60_000)

/** React Native's own AbortController of 0.86, in its realm, and a room that connects when the test says so. */
function scene(fetchToken: FetchToken = () => credentials({ issuedAt: Date.now() })) {
  const native = reactNative('0.86')
  native.importLiveKit()
  const { createTokenStore, connectRoom } = native.load<Bundle>(bundle)
  native.registerGlobals()
  const Controller = native.global('AbortController') as typeof AbortController
  let arrive = () => {}
  const room = Object.assign(new EventEmitter(), {
    state: 'disconnected',
    connect: () =>
      new Promise<void>((resolve) => {
        arrive = () => {
          room.state = 'connected'
          resolve()
        }
      }),
    async disconnect() {
      room.state = 'disconnected'
    },
  })
  const store = createTokenStore({ fetchToken })
  return { store, room: room as unknown as Room, connectRoom, Controller, arrive: () => arrive() }
}

describe('In React Native, whose aborts have no reason', () => {
  it('connectRoom connects', async () => {
    const { store, room, connectRoom, arrive } = scene()
    const connecting = connectRoom(room, store)
    setTimeout(arrive, 20)
    await connecting
    expect(room.state).toBe('connected')
    store.dispose()
  })

  it('connectRoom ends after connectTimeoutMs with a ConnectionError', async () => {
    const { store, room, connectRoom } = scene()
    const connecting = connectRoom(room, store, {}, { connectTimeoutMs: 30 })
    await expect(connecting).rejects.toMatchObject({ name: 'ConnectionError', reason: 5 })
    store.dispose()
  })

  it('an aborted connectRoom rejects with an AbortError', async () => {
    const { store, room, connectRoom, Controller } = scene()
    const controller = new Controller()
    const connecting = connectRoom(room, store, {}, { signal: controller.signal })
    setTimeout(() => controller.abort(), 20)
    await expect(connecting).rejects.toMatchObject({ name: 'AbortError' })
    const beforehand = connectRoom(room, store, {}, { signal: controller.signal })
    await expect(beforehand).rejects.toMatchObject({ name: 'AbortError' })
    store.dispose()
  })

  it('an aborted fetch rejects with an AbortError', async () => {
    const { store, Controller } = scene(() => new Promise(() => {}))
    const controller = new Controller()
    const waiting = store.fetch({}, { signal: controller.signal })
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    await expect(store.fetch({}, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
    store.dispose()
  })
})

describe('In React Native, whose URL knows http(s) alone, or nothing', () => {
  it.each(['0.76', '0.86'] as const)(
    '%s a view shows no user, password or query of the server’s URL',
    async (version) => {
      const native = reactNative(version)
      native.importLiveKit()
      const { createTokenStore } = native.load<Bundle>(bundle)
      const { participantToken } = credentials({ issuedAt: Date.now() })
      const serverUrl = 'wss://me:secret@rooms.example/sfu?key=secret#secret'
      const store = createTokenStore({ fetchToken: () => ({ serverUrl, participantToken }) })
      expect((await store.fetch()).serverUrl).toBe(serverUrl)
      expect(store.getSnapshot().token?.serverUrl).toBe('wss://rooms.example/sfu')
      store.dispose()
    },
  )
})
