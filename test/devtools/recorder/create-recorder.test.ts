import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createRecorder, type RecorderStatus } from 'livekit-token-devtools'
import { createTokenStore, type TokenStore } from 'livekit-token-store'
import { followRoom } from 'livekit-token-store/livekit'
import { config, skip, take } from 'rxjs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { lifeAfter } from '../../../devtools/src/panel/model/lives'
import { START, scene } from '../../behaviour/setup'
import { settle, simulatedClock } from '../../helpers/clock'
import { failure, scriptedFetcher, token } from '../../helpers/fetcher'
import { SERVER_URL } from '../../helpers/tokens'
import { FakeRoom } from '../../livekit/room/fake-room'
import { present, recorded, told } from './setup'

describe('A recorder', () => {
  it('keeps what happens, in order, each with its time, its number and whose it is', async () => {
    const { store, records, clock } = recorded({}, { name: 'rooms' })
    const fetched = store.fetch({ roomName: 'A' })
    await clock.advance(250)
    await fetched
    expect(told(records())).toEqual(['idle → fetching', 'attempt', 'fetching → valid'])
    expect(records().map(({ sequence }) => sequence)).toEqual([1, 2, 3])
    expect(records()[0]).toEqual({
      at: START,
      mono: expect.any(Number),
      sequence: 1,
      storeId: 'store-1',
      store: 'rooms',
      lifecycle: '1',
      type: 'state',
      from: 'idle',
      to: 'fetching',
      view: null,
      request: { roomName: 'A' },
      detail: {},
    })
    expect(records()[1]?.detail).toEqual({ attempt: 1, reason: 'initial' })
    expect(records()[2]?.view).toEqual({
      ordinal: 1,
      serverUrl: SERVER_URL,
      issuedAt: null,
      notBefore: START,
      expiresAt: START + 600_000,
      receivedAt: START,
      refreshAt: START + 480_000,
      room: 'A',
      identity: 'me',
      grants: { roomJoin: true, room: 'A' },
    })
  })

  it('stamps what happens when it happens, by a clock that never goes back', async () => {
    const { store, records, clock } = recorded()
    const before = performance.now()
    await store.fetch()
    clock.jump(-3_600_000)
    store.invalidate()
    const after = performance.now()
    const monos = records().map(({ mono }) => mono)
    expect(monos).toEqual([...monos].sort((a, b) => a - b))
    expect(monos.every((mono) => mono >= before && mono <= after)).toBe(true)
  })

  it('tells the present value first and a new array for each change; records never change', async () => {
    const { store, recorder } = recorded()
    const seen: unknown[] = []
    recorder.records$.subscribe((records) => seen.push(records))
    await store.fetch()
    expect(seen).toHaveLength(4)
    expect(seen[0]).toEqual([])
    expect(new Set(seen).size).toBe(4)
    expect(present(recorder)).toBe(seen[3])
  })

  it('tells of a failure its code and status, of a retry when it comes, and nothing that the server said', async () => {
    const { store, records, endpoint, clock } = recorded()
    endpoint.usually(failure(503, { message: 'secret words', retryAt: START + 3_000 }))
    store.fetch().catch(() => {})
    await clock.advance(0)
    expect(records().at(-1)).toMatchObject({
      type: 'attempt-failed',
      detail: { attempt: 1, code: 'fetch-failed', status: 503 },
    })
    await clock.advance(300_000)
    expect(records().at(-1)).toMatchObject({ to: 'failed', detail: { code: 'fetch-failed', status: 503 } })
    expect(JSON.stringify(records())).not.toContain('secret words')
  })

  it('tells of what it finds when it is attached late, once for each living lifecycle', async () => {
    const { store, clock } = scene()
    await store.fetch({ roomName: 'A', agentName: 'helper', participantMetadata: 'private' })
    const recorder = createRecorder({ clock: simulatedClock(START + 5) })
    recorder.attach(store)
    expect(present(recorder)).toMatchObject([
      {
        type: 'attached',
        at: START + 5,
        from: null,
        to: 'valid',
        request: { roomName: 'A', agentName: 'helper' },
        view: { ordinal: 1 },
      },
    ])
    expect(JSON.stringify(present(recorder))).not.toContain('private')
    await clock.advance(480_000)
    expect(told(present(recorder))).toEqual(['attached', 'valid → expiring'])
  })

  it('changes nothing in the store: with it and without, the same things happen at the same moments', async () => {
    const life = async (attached: boolean) => {
      const { store, clock, endpoint } = scene()
      const recorder = createRecorder()
      if (attached) recorder.attach(store)
      const events: unknown[] = []
      store.events$.subscribe((event) => events.push(event))
      await store.fetch({ roomName: 'A' })
      await clock.advance(700_000)
      endpoint.next(failure(500))
      const again = store.fetch({ roomName: 'A' })
      await clock.advance(60_000)
      await again
      return { events, times: endpoint.times, pending: clock.pending }
    }
    expect(await life(true)).toEqual(await life(false))
  })

  it('leaves an observed store’s token to expire when only a recorder looks', async () => {
    const { store, records, clock, endpoint } = recorded()
    await store.fetch()
    await clock.advance(700_000)
    expect(endpoint.calls).toHaveLength(1)
    expect(told(records()).slice(3)).toEqual(['valid → expiring', 'expiring → idle'])
  })

  it('tells the stores apart, also two of one name, and numbers all their records in one row', async () => {
    const one = scene({ name: 'rooms' })
    const recorder = createRecorder()
    recorder.attach(one.store)
    await one.store.fetch()
    one.store.dispose()
    const two = scene({ name: 'rooms' })
    recorder.attach(two.store)
    await two.store.fetch()
    const records = present(recorder)
    expect(new Set(records.map(({ store, storeId }) => `${store} ${storeId}`))).toEqual(
      new Set(['rooms store-1', 'rooms store-2']),
    )
    expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1))
  })

  it('attached twice hears everything once, and detached hears nothing', async () => {
    const { store, recorder, records } = recorded()
    const detach = recorder.attach(store)
    await store.fetch()
    expect(records()).toHaveLength(3)
    detach()
    store.invalidate()
    expect(records()).toHaveLength(3)
    recorder.detach(store)
    recorder.attach(store)
    expect(records().at(-1)).toMatchObject({ type: 'attached', to: 'idle', storeId: 'store-1' })
  })

  it('attached anew is not detached by who had attached it before', async () => {
    const { store, recorder, records } = recorded()
    const before = recorder.attach(store)
    recorder.detach(store)
    recorder.attach(store)
    before()
    const told = records().length
    await store.fetch()
    expect(records().length).toBeGreaterThan(told)
  })

  it('tells with a failed attempt when the next one is due, though no state changes by it', async () => {
    const { store, recorder, records, endpoint } = recorded()
    endpoint.usually(failure(503))
    store.fetch().catch(() => {})
    await settle()
    const { nextAt } = store.getSnapshot()
    expect(nextAt).not.toBeNull()
    expect(records().at(-1)).toMatchObject({
      type: 'attempt-failed',
      detail: { code: 'fetch-failed', nextAt },
    })
    expect(lifeAfter(records(), 'store-1/1')).toMatchObject({ status: 'fetching', nextAt })
    recorder.detach(store)
  })

  it('keeps the end of a store, and may be attached to one that has ended', async () => {
    const { store, recorder, records } = recorded()
    await store.fetch()
    store.dispose()
    expect(records().at(-1)).toMatchObject({ type: 'disposed', view: null })
    expect(() => recorder.attach(store)()).not.toThrow()
  })

  it('keeps nothing while it is paused, and knows the token all the same afterwards', async () => {
    const { store, recorder, records, clock } = recorded()
    const states: RecorderStatus[] = []
    recorder.status$.subscribe((status) => states.push(status))
    recorder.pause()
    await store.fetch()
    expect(records()).toEqual([])
    recorder.resume()
    await clock.advance(480_000)
    expect(records()).toMatchObject([
      { sequence: 1, type: 'attached', to: 'valid', view: { ordinal: 1 } },
      { sequence: 2, from: 'valid', to: 'expiring', view: { ordinal: 1 } },
    ])
    expect(states.map(({ paused }) => paused)).toEqual([false, true, false])
  })

  it('tells after a pause how everything is by then, where something was missed', async () => {
    const { store, recorder, records, clock } = recorded({ allowCommands: true }, { maxLifecycles: 2 })
    const [a, b, c] = [{ roomName: 'A' }, { roomName: 'B' }, { roomName: 'C' }]
    await store.fetch(a)
    await store.fetch(b)
    const before = records().length
    recorder.pause()
    recorder.resume()
    expect(records()).toHaveLength(before)

    recorder.pause()
    await store.refresh(b)
    store.invalidate(b)
    recorder.command('2', 'simulate-failure')
    // There is room for two: A has to go.
    await store.fetch(c)
    await clock.advance(1_000)
    expect(records().slice(before)).toMatchObject([
      { type: 'command', detail: { command: 'simulate-failure' } },
    ])
    recorder.resume()
    const now = clock.now()
    expect(records().slice(before + 1)).toMatchObject([
      { type: 'evicted', lifecycle: '1', view: null, request: a, at: now },
      { type: 'attached', lifecycle: '2', to: 'idle', view: null, request: b, at: now },
      { type: 'attached', lifecycle: '3', to: 'valid', view: { ordinal: 1 }, request: c, at: now },
    ])
  })

  it('tells after a pause that a store has ended meanwhile, and lets go of it', async () => {
    const { store, recorder, records } = recorded()
    await store.fetch({ roomName: 'A' })
    recorder.pause()
    await store.fetch({ roomName: 'born in the pause' })
    store.dispose()
    recorder.resume()
    const end = { type: 'disposed', lifecycle: '1', request: { roomName: 'A' }, view: null }
    expect(records().slice(3)).toMatchObject([end])
    recorder.pause()
    recorder.resume()
    expect(records()).toHaveLength(4)
  })

  it('is not confused by one who attaches, detaches or acts as soon as something is told', async () => {
    const { store } = scene()
    await store.fetch({ roomName: 'A' })
    await store.fetch({ roomName: 'B' })
    const again = createRecorder()
    again.records$.subscribe(() => again.attach(store))
    await store.refresh({ roomName: 'A' })
    expect(told(present(again)).filter((type) => type === 'attempt')).toHaveLength(1)
    again.detach(store)
    const kept = present(again).length
    await store.refresh({ roomName: 'A' })
    expect(present(again)).toHaveLength(kept)

    const once = createRecorder()
    once.records$.subscribe((records) => records.length > 0 && once.detach(store))
    once.attach(store)
    expect(told(present(once))).toEqual(['attached'])

    const acting = createRecorder()
    acting.records$.subscribe(([first, second]) => first && !second && store.invalidate({ roomName: 'A' }))
    acting.attach(store)
    expect(told(present(acting))).toEqual(['attached', 'invalidated', 'valid → idle', 'attached'])
  })

  it('tells a state once, though it is attached before the store has said it', async () => {
    const { store } = scene()
    const recorder = createRecorder()
    const lifecycle = store.lifecycle({ roomName: 'A' })
    const attachOnce = lifecycle.state$.subscribe(({ status }) => {
      if (status === 'fetching') recorder.attach(store)
    })
    await store.fetch({ roomName: 'A' })
    attachOnce.unsubscribe()
    expect(present(recorder).map(({ type, to }) => to ?? type)).toEqual(['fetching', 'attempt', 'valid'])
  })

  it('forgets all when it is cleared, and goes on counting', async () => {
    const { store, recorder, records } = recorded()
    await store.fetch()
    recorder.clear()
    expect(records()).toEqual([])
    store.invalidate()
    expect(records()[0]).toMatchObject({ type: 'invalidated', sequence: 4 })
  })

  it('tells whose a lifecycle was that went before anything happened to it', async () => {
    const { store, records } = recorded({}, { maxLifecycles: 1 })
    store.lifecycle({ roomName: 'A' })
    store.lifecycle({ roomName: 'B' })
    expect(records()).toMatchObject([
      { type: 'evicted', lifecycle: '1', request: { roomName: 'A' }, from: null, to: null, view: null },
    ])
  })

  it('lets go of a store that has ended, also in a pause, and of one that it was detached from', async () => {
    const recorder = createRecorder()
    const once = async (end: (store: TokenStore) => void) => {
      const clock = simulatedClock()
      const store = createTokenStore({
        fetchToken: scriptedFetcher(clock).fetchToken,
        clock,
        environment: {},
      })
      recorder.attach(store)
      await store.fetch()
      end(store)
      store.dispose()
      return new WeakRef(store)
    }
    const gone = [
      await once((store) => store.dispose()),
      await once((store) => recorder.detach(store)),
      await once(() => recorder.pause()),
    ]
    recorder.resume()
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    for (let round = 0; round < 100 && gone.some((one) => one.deref()); round += 1) {
      // A reference that was looked at is kept to the end of its task.
      await new Promise((resolve) => setImmediate(resolve))
      collectGarbage()
    }
    expect(gone.map((one) => one.deref())).toEqual([undefined, undefined, undefined])
    expect(present(recorder).length).toBeGreaterThan(6)
  })

  it('keeps the newest records alone, by count', async () => {
    const { store, recorder, records } = recorded({ maxRecords: 5 })
    const statuses: RecorderStatus[] = []
    recorder.status$.subscribe((status) => statuses.push(status))
    for (let round = 0; round < 10; round += 1) await store.refresh()
    expect(records()).toHaveLength(5)
    expect(records().at(-1)?.sequence).toBe(30)
    expect(statuses.at(-1)).toMatchObject({ dropped: 25, maxRecords: 5 })
  })

  it('keeps the newest records alone, by bytes', async () => {
    const { store, records } = recorded({ maxBytes: 2_000 })
    for (let round = 0; round < 10; round += 1) await store.refresh()
    const bytes = records().reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)), 0)
    expect(bytes).toBeLessThanOrEqual(2_000)
    expect(bytes).toBeGreaterThan(1_200)
    expect(records().at(-1)?.sequence).toBe(30)
  })

  it('needs neither a timer nor somebody who looks', async () => {
    const { store, clock } = recorded()
    await store.fetch()
    const { store: other, clock: otherClock } = scene()
    await other.fetch()
    expect(clock.pending).toBe(otherClock.pending)
  })

  it('tells of a room beside its token, and of its end by LiveKit’s name for the reason', async () => {
    const { store, records, clock } = recorded()
    const { room } = new FakeRoom()
    const leave = followRoom(room, store, { roomName: 'A' })
    const connecting = room.connect('ws://127.0.0.1', 'x')
    await clock.advance(0)
    expect(records().filter(({ type }) => type === 'room')).toMatchObject([
      { detail: { room: 'connecting' }, request: { roomName: 'A' }, lifecycle: '1' },
    ])
    connecting.catch(() => {})
    await room.disconnect()
    expect(records().at(-1)).toMatchObject({
      type: 'room',
      detail: { room: 'disconnected', roomReason: 'CLIENT_INITIATED' },
    })
    leave()
  })

  it('survives a looker who throws', async () => {
    const thrown: unknown[] = []
    const reported = new Promise<void>((resolve) => {
      config.onUnhandledError = (error) => {
        thrown.push(error)
        resolve()
      }
    })
    onTestFinished(() => {
      config.onUnhandledError = null
    })
    const { store, recorder, records } = recorded()
    const mistake = new Error('a looker’s own mistake')
    recorder.records$.pipe(skip(1), take(1)).subscribe(() => {
      throw mistake
    })
    await store.fetch()
    expect(records()).toHaveLength(3)
    await reported
    expect(thrown).toEqual([mistake])
  })
})

describe('A recorder’s bounds and streams', () => {
  it('count bytes, not characters', async () => {
    const bounded = recorded({ maxBytes: 10_000 })
    await bounded.store.fetch({ roomName: 'é'.repeat(1_500) })
    const kept = bounded.records()
    expect(new TextEncoder().encode(JSON.stringify(kept)).length).toBeLessThanOrEqual(10_000)
    expect(kept.length).toBeLessThan(3)
  })

  it('tell nothing of live records while an imported session is shown, and the live ones before it is over', async () => {
    const { store, recorder, records } = recorded()
    await store.fetch({ roomName: 'A' })
    const other = recorded()
    await other.store.fetch({ roomName: 'elsewhere' })
    recorder.import(other.recorder.export())
    let emissions = 0
    const subscription = recorder.records$.subscribe(() => (emissions += 1))
    store.invalidate({ roomName: 'A' })
    expect(emissions).toBe(1)
    subscription.unsubscribe()
    const rooms: unknown[] = []
    recorder.status$.subscribe(({ imported }) => rooms.push([imported, records()[0]?.request.roomName]))
    recorder.clear()
    expect(rooms).toEqual([
      [true, 'elsewhere'],
      [false, 'A'],
    ])
  })
})

describe('The options of a recorder', () => {
  it.each([
    [{ maxRecords: 0 }, '"maxRecords"'],
    [{ maxRecords: 1.5 }, '"maxRecords"'],
    [{ maxBytes: Number.NaN }, '"maxBytes"'],
    [{ allowCommands: 'yes' }, '"allowCommands"'],
    [{ clock: {} }, '"clock"'],
    [null, '"options"'],
    [5, '"options"'],
  ])('%j are a TypeError that quotes the one which is wrong', (options, name) => {
    expect(() => createRecorder(options as never)).toThrow(TypeError)
    expect(() => createRecorder(options as never)).toThrow(name)
  })

  it.each([null, undefined, 5, {}, { events$: 1 }])(
    'attached to %j, which is no store, it is a TypeError that says so',
    (store) => {
      const attach = () => createRecorder().attach(store as never)
      expect(attach).toThrow(TypeError)
      expect(attach).toThrow('"store" must be what createTokenStore returned')
    },
  )
})

describe('A command through a recorder', () => {
  it('throws unless it was allowed', async () => {
    const { store, recorder, records } = recorded()
    await store.fetch()
    expect(() => recorder.command('1', 'refresh')).toThrow('"allowCommands"')
    expect(records()).toHaveLength(3)
  })

  it('reaches the store and is recorded as coming from devtools', async () => {
    const { store, recorder, records, clock } = recorded({ allowCommands: true })
    await store.fetch()
    recorder.command('1', 'refresh')
    await clock.advance(0)
    expect(told(records()).slice(3)).toEqual([
      'command',
      'valid → refreshing',
      'attempt',
      'refreshing → valid',
    ])
    expect(records()[3]?.detail).toEqual({ command: 'refresh' })
    expect(records().at(-1)?.view?.ordinal).toBe(2)
  })

  it('tells whether a simulated outage begins or ends', async () => {
    const { store, recorder, records } = recorded({ allowCommands: true })
    await store.fetch()
    recorder.command('1', 'simulate-offline')
    recorder.command('1', 'simulate-offline')
    expect(
      records()
        .slice(3)
        .map(({ detail }) => detail),
    ).toEqual([
      { command: 'simulate-offline', on: true },
      { command: 'simulate-offline', on: false },
    ])
  })

  it('needs the store’s id where two stores share an ordinal', async () => {
    const { store, recorder, endpoint } = recorded({ allowCommands: true })
    const other = scene()
    recorder.attach(other.store)
    await Promise.all([store.fetch(), other.store.fetch()])
    expect(() => recorder.command('1', 'refresh')).toThrow('<storeId>/<lifecycle>')
    recorder.command('store-2/1', 'refresh')
    await other.clock.advance(0)
    expect([endpoint.calls.length, other.endpoint.calls.length]).toEqual([1, 2])
  })

  it.each([
    ['9', 'refresh', '"lifecycle"'],
    ['store-7/1', 'refresh', '"lifecycle"'],
    ['store-1/1/junk', 'refresh', '"lifecycle"'],
    ['', 'refresh', '"lifecycle"'],
    ['1', 'explode', '"name"'],
    ['1', 'explode', 'refresh, invalidate, simulate-expiry'],
    ['1', 'toString', '"name"'],
  ])('of lifecycle %j and name %j is a TypeError', async (lifecycle, name, quoted) => {
    const { store, recorder } = recorded({ allowCommands: true })
    await store.fetch()
    expect(() => recorder.command(lifecycle, name as never)).toThrow(TypeError)
    expect(() => recorder.command(lifecycle, name as never)).toThrow(quoted)
  })
})

describe('What a recorder keeps of a token that an app leaks by itself', () => {
  it('has no token in it, wherever the app or the server put one', async () => {
    const { store, recorder, endpoint, records } = recorded()
    endpoint.usually(token({ room: 'A', claims: { video: { room: 'A', extra: 'x', roomJoin: true } } }))
    const { participantToken } = await store.fetch({ roomName: 'A' })
    endpoint.usually(
      token({
        identity: `me ${participantToken}`,
        claims: {
          video: {
            room: participantToken,
            canPublishSources: [participantToken],
            // As if it were a list.
            destinationRoom: participantToken.split('.').join('","'),
            canSubscribe: participantToken.split('.'),
          },
        },
      }),
    )
    await store.fetch({
      roomName: participantToken,
      participantIdentity: participantToken,
      token: participantToken,
    })
    const kept = JSON.stringify(records()) + recorder.export()
    for (const part of participantToken.split('.').slice(1)) expect(kept).not.toContain(part)
    expect(records().at(-1)?.view).toMatchObject({ room: '[token]', identity: 'me [token]' })
    expect(records()[2]?.view?.grants).toEqual({ room: 'A', roomJoin: true })
  })
})
