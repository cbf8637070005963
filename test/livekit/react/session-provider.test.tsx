import './page'
import {
  SessionProvider,
  type UseSessionReturn,
  useConnectionState,
  useSession,
  useSessionContext,
} from '@livekit/components-react'
import { DisconnectReason, Room } from 'livekit-client'
import { createTokenStore, type TokenEvent, type TokenStore } from 'livekit-token-store'
import { followRoom, toTokenSource } from 'livekit-token-store/livekit'
import { act, useEffect, useMemo, useSyncExternalStore } from 'react'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { livekitMissing, type RunningServer, startLiveKitTestServer } from '../../helpers/livekit-server'
import { toldOf } from '../room/setup'
import { stubBrowser } from '../room/stub-rtc'
import { OfflineRoom } from './offline-room'
import { eventually, finished, render, settled } from './render'
import { serverToken } from './server-token'
import { ours, readToken } from './setup'

const HOUR = 3_600_000

/** What the app's components get to see, one entry for each time that it changed. */
interface Seen {
  readonly texts: string[]
  session: UseSessionReturn
}

function Call({ store, room, seen }: { store: TokenStore; room: Room | undefined; seen: Seen }) {
  const source = useMemo(() => toTokenSource(store), [store])
  const session = useSession(source, room ? { room } : {})
  useEffect(() => followRoom(session.room, store), [session.room, store])
  return (
    <SessionProvider session={session}>
      <Status store={store} seen={seen} />
    </SessionProvider>
  )
}

function Status({ store, seen }: { store: TokenStore; seen: Seen }) {
  const session = useSessionContext()
  const connection = useConnectionState()
  const { status } = useSyncExternalStore(store.subscribe, store.getSnapshot)
  const text = `${connection}, ${status}`
  useEffect(() => {
    seen.session = session
    if (seen.texts.at(-1) !== text) seen.texts.push(text)
  })
  return <output>{text}</output>
}

async function show(store: TokenStore, room?: Room) {
  const seen: Seen = { texts: [], session: undefined as never }
  const events: TokenEvent[] = []
  store.events$.subscribe((event) => events.push(event))
  const { container, unmount } = await render(<Call store={store} room={room} seen={seen} />)
  // Before the store is disposed of, as the hook forces a fetch at the disconnect.
  onTestFinished(() => finished(() => seen.session.room.disconnect()))
  return {
    seen,
    events,
    unmount,
    get text() {
      return container.textContent
    },
    get told() {
      return toldOf(events)
    },
    get invalidated() {
      return events.filter(({ type }) => type === 'invalidated').length
    },
    start: () => finished(() => seen.session.start({ tracks: {} })),
    end: () => finished(() => seen.session.end()),
  }
}

describe.skipIf(livekitMissing)('A child of SessionProvider, with a room on LiveKit’s test server', () => {
  let server: RunningServer
  beforeAll(async () => {
    stubBrowser()
    server = await startLiveKitTestServer()
  })
  afterAll(() => server?.stop())

  /** A store whose tokens order the test server's mode; the first ones are signed by somebody else. */
  function storeFor({ mock = 'happy', forged = 0 } = {}) {
    let calls = 0
    const store = createTokenStore({
      async fetchToken() {
        calls += 1
        const participantToken = await serverToken({ mock, ...(calls <= forged && { secret: 'forged' }) })
        return { serverUrl: server.url, participantToken }
      },
    })
    onTestFinished(() => store.dispose())
    return { store, calls: () => calls }
  }

  it('sees the token’s state beside the room’s, from the mount to the end', async () => {
    const { store, calls } = storeFor()
    const shown = await show(store)
    await eventually(() => expect(shown.text).toBe('disconnected, valid'))
    await shown.start()
    expect(shown.text).toBe('connected, valid')
    expect(calls()).toBe(1)
    await shown.end()
    await eventually(() => expect(shown.text).toBe('disconnected, valid'))
    expect(shown.seen.texts).toEqual(
      expect.arrayContaining(['disconnected, fetching', 'connecting, valid', 'connected, valid']),
    )
    expect(calls()).toBe(2)
  })

  it('and followRoom reports the room that the hook connects on the store’s events, among the token’s', async () => {
    const { store } = storeFor()
    const shown = await show(store)
    await shown.start()
    await shown.end()
    expect(shown.told).toEqual(['connecting', 'connected', 'disconnected: CLIENT_INITIATED'])
    expect(shown.invalidated).toBe(0)
    const order = shown.events.map((event) =>
      event.type === 'room' ? event.state : event.type === 'attempt' ? event.reason : '',
    )
    expect(order.filter(Boolean)).toEqual(['initial', 'connecting', 'connected', 'forced', 'disconnected'])
  })

  it('sees the room go when the server ends it, and the token that the hook forces then', async () => {
    const { store, calls } = storeFor({ mock: 'leave_when_connected' })
    const shown = await show(store)
    await shown.start()
    await eventually(() => expect(shown.told.at(-1)).toBe('disconnected: SERVER_SHUTDOWN'))
    await eventually(() =>
      expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } }),
    )
    expect(shown.text).toBe('disconnected, valid')
    expect(calls()).toBe(2)
  })

  it('sees a start fail whose token the server refuses; the next one connects with another', async () => {
    const { store, calls } = storeFor({ forged: 1 })
    const shown = await show(store)
    await expect(shown.start()).rejects.toMatchObject({ name: 'ConnectionError', status: 401 })
    expect(shown.told).toEqual(['connecting', 'disconnected: USER_REJECTED'])
    await eventually(() => expect(shown.text).toBe('disconnected, valid'))
    await shown.start()
    expect(shown.text).toBe('connected, valid')
    // The refused token was invalidated and the hook forced a fetch: one call, not two.
    expect(shown.invalidated).toBe(1)
    expect(calls()).toBe(2)
  })

  it('sees the last of it when it is unmounted: the room is disconnected, and followRoom leaves no listener', async () => {
    const { store } = storeFor()
    const room = new Room()
    const shown = await show(store, room)
    await shown.start()
    await shown.unmount()
    await eventually(() => expect(room.state).toBe('disconnected'))
    expect(room.listenerCount('connectionStateChanged')).toBe(0)
    expect(room.listenerCount('moved')).toBe(0)
    // What the hook forces all the same, and nobody is left to see.
    await eventually(() => expect(store.getSnapshot().token).toMatchObject({ ordinal: 2 }))
    expect(shown.seen.texts.at(-1)).toBe('connected, valid')
  })
})

describe('A child of SessionProvider, when the server removes the participant', () => {
  it('sees the token invalidated, and the one call for another that the hook forces', async () => {
    const { store, endpoint } = ours()
    const room = new OfflineRoom()
    const shown = await show(store, room)
    await shown.start()
    act(() => room.end(DisconnectReason.PARTICIPANT_REMOVED))
    await settled()
    expect(shown.told).toEqual(['connecting', 'connected', 'disconnected: PARTICIPANT_REMOVED'])
    expect(shown.invalidated).toBe(1)
    expect(endpoint.calls).toHaveLength(2)
    expect(shown.text).toBe('disconnected, valid')
    expect(store.getSnapshot().token).toMatchObject({ ordinal: 2 })
  })
})

describe('A child of SessionProvider, when the user hesitates for an hour', () => {
  it('keeps the token fresh as long as it shows its state, so that the start asks for nothing', async () => {
    const { store, endpoint, clock } = ours()
    const room = new OfflineRoom()
    const shown = await show(store, room)
    await act(() => clock.advance(HOUR))
    const calls = endpoint.calls.length
    expect(calls).toBeGreaterThan(5)
    expect(shown.text).toBe('disconnected, valid')
    await shown.start()
    expect(room.connects.map(readToken)).toEqual([{ room: 'A', call: calls }])
    expect(endpoint.calls).toHaveLength(calls)
  })

  it('and is gone, leaves the token to expire', async () => {
    const { store, endpoint, clock } = ours()
    const { unmount } = await show(store, new OfflineRoom())
    await unmount()
    await clock.advance(HOUR)
    expect(endpoint.calls).toHaveLength(1)
    expect(store.getSnapshot().status).toBe('idle')
    expect(clock.pending).toBe(0)
  })
})
