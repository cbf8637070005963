import { createBrowserReceiver, createWebSocketInspector, createWebSocketReceiver } from '@statelyai/inspect'
import { describe, expect, it, vi } from 'vitest'
import { createActor, createMachine } from 'xstate'
import { connectStatelyInspect } from '../../../devtools/src/bridges/stately-inspect'
import { START, simulatedClock } from '../../helpers/clock'
import { record, story, view } from '../records'
import { canaryStory, handRecorder, untilTheEnd } from './setup'
import { SOON, socketPeer } from './sockets'
import { desk, fakeWindow } from './windows'

const CONNECTED = { type: '@statelyai.connected' }
const URL = 'http://127.0.0.1:4000/secret/'
const ORIGIN = 'http://127.0.0.1:4000'

interface Message {
  type: string
  sessionId?: string
  id?: string
  createdAt?: string
  definition?: string
  event?: { type: string }
  snapshot?: { value: string; status: string; context: Record<string, unknown> }
}

/** `actor`, and what the others tell. */
const told = (messages: readonly unknown[]) =>
  (messages as Message[]).map(({ type, event, snapshot }) => {
    if (type === '@xstate.event') return event?.type
    return snapshot ? `${type.replace('@xstate.', '')} ${snapshot.value}` : type
  })

const withoutDuplicates = (messages: readonly unknown[]) => {
  const ids = (messages as Message[]).filter(({ type }) => type !== '@xstate.actor').map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
}

function inWindow(recorder = handRecorder()) {
  const at = desk()
  const stop = connectStatelyInspect(recorder, { url: URL, origin: ORIGIN })
  const messages = () => at.inspector.received.map(({ data }) => data)
  return { ...at, recorder, messages, stop: untilTheEnd(stop) }
}

describe('connectStatelyInspect with a page', () => {
  it('opens the page, says nothing until it answers, then tells everything in order', () => {
    const { recorder, opened, inspector, messages, answer } = inWindow()
    recorder.push(...story().slice(0, 2))
    expect(opened).toEqual([[URL, 'xstateinspector']])
    expect(inspector.everything).toBe('')
    answer(CONNECTED)
    recorder.push(...story().slice(2, 4))
    expect(told(messages())).toEqual([
      'actor idle',
      'attached idle',
      'snapshot idle',
      'state idle → fetching',
      'snapshot fetching',
      'attempt',
      'snapshot fetching',
      'state fetching → valid',
      'snapshot valid',
    ])
  })

  it('uses the window that it is given and opens none', () => {
    const { page, inspector, target, answer } = desk()
    const recorder = handRecorder(...story().slice(0, 1))
    untilTheEnd(connectStatelyInspect(recorder, { url: URL, origin: ORIGIN, targetWindow: target }))
    expect(page.own.open).not.toHaveBeenCalled()
    answer(CONNECTED)
    expect(inspector.received).toHaveLength(3)
  })

  it('speaks to the origin alone: what another page in that window would get is nothing', () => {
    const { page, answer } = desk()
    const elsewhere = fakeWindow('https://evil.example', page)
    vi.mocked(page.own.open).mockReturnValue(elsewhere.seenBy(page))
    untilTheEnd(connectStatelyInspect(handRecorder(...story()), { url: URL, origin: ORIGIN }))
    // The page in the opened window went elsewhere, and says so.
    page.seenBy(elsewhere).postMessage(CONNECTED, '*')
    answer(CONNECTED)
    expect(elsewhere.received).toEqual([])
    expect(elsewhere.everything).toBe('')
  })

  it('says nothing to the page that the inspector’s window shows later', () => {
    const { recorder, inspector, answer } = inWindow()
    answer(CONNECTED)
    recorder.push(...story().slice(0, 1))
    const { length } = inspector.received
    inspector.origin = 'https://evil.example'
    answer(CONNECTED)
    recorder.push(...story().slice(1))
    expect(inspector.received).toHaveLength(length)
    expect(inspector.lost.length).toBeGreaterThan(0)
  })

  it('does not hear a foreign origin, a foreign window, or anything but that it is there', () => {
    const { page, inspector, recorder, answer } = inWindow()
    recorder.push(...story())
    const foreignOrigin = fakeWindow('https://evil.example')
    const sameOrigin = fakeWindow(ORIGIN)
    page.seenBy(foreignOrigin).postMessage(CONNECTED, '*')
    page.seenBy(sameOrigin).postMessage(CONNECTED, '*')
    for (const data of [null, 'x', 1, [], {}, { type: 'connected' }, { type: 1 }, { type: '@xstate.event' }])
      answer(data)
    expect(inspector.everything).toBe('')
    expect([foreignOrigin.everything, sameOrigin.everything]).toEqual(['', ''])
  })

  it('tells each thing once when the page says again that it is there, and introduces who is there', () => {
    const { recorder, messages, answer } = inWindow()
    recorder.push(...story().slice(0, 4))
    answer(CONNECTED)
    const before = messages().length
    answer(CONNECTED)
    expect(told(messages()).slice(before)).toEqual(['actor valid'])
    recorder.push(story()[4]!)
    withoutDuplicates(messages())
    expect(told(messages()).slice(before + 1)).toEqual(['room connecting', 'snapshot valid'])
  })

  it('keeps a bounded number of records until then, and tells of the rest by what they led to', () => {
    const { recorder, messages, answer } = inWindow()
    recorder.push(record({ from: 'fetching', to: 'valid', view: view(1) }))
    for (let sequence = 2; sequence <= 1_000; sequence += 1)
      recorder.push(record({ sequence, type: 'room', view: view(1), detail: { room: 'connected' } }))
    answer(CONNECTED)
    expect(messages().length).toBeLessThanOrEqual(201)
    expect(told(messages())[0]).toBe('actor valid')
    withoutDuplicates(messages())
  })

  it('says good-bye and hears nobody once it was taken back', () => {
    const { page, inspector, recorder, messages, answer, stop } = inWindow()
    recorder.push(...story().slice(0, 1))
    answer(CONNECTED)
    stop()
    const before = inspector.received.length
    expect(messages().at(-1)).toEqual({ type: '@statelyai.disconnected' })
    expect(page.listeners).toBe(0)
    answer(CONNECTED)
    recorder.push(...story().slice(1))
    expect(inspector.received).toHaveLength(before)
    expect(recorder.observed).toBe(false)
  })

  it('says no good-bye to a page that never said it was there', () => {
    const { inspector, stop } = inWindow()
    stop()
    expect(inspector.everything).toBe('')
  })

  it('is heard by the real receiver', () => {
    const { recorder, inspector } = inWindow()
    recorder.push(...story())
    const heard: unknown[] = []
    const browser = inspector.own as never
    createBrowserReceiver({ window: browser }).subscribe((event) => void heard.push(event))
    recorder.push(record({ sequence: 99, lifecycle: '3', from: 'idle', to: 'fetching' }))
    // It announces itself before anybody can subscribe: what came by then is its window's.
    expect(told(heard)).toEqual(['actor idle', 'state idle → fetching', 'snapshot fetching'])
    const values = told(inspector.received.map(({ data }) => data)).filter((text) =>
      text?.startsWith('snapshot'),
    )
    expect(new Set(values)).toEqual(
      new Set(
        ['idle', 'fetching', 'valid', 'expiring', 'refreshing', 'failed'].map((one) => `snapshot ${one}`),
      ),
    )
  })
})

describe('What connectStatelyInspect tells', () => {
  it('has the protocol’s fields, the time of the record, and a session for each lifecycle', () => {
    const { recorder, messages, answer } = inWindow()
    answer(CONNECTED)
    recorder.push(...story())
    const all = messages() as unknown as Message[]
    const sessions = new Set(all.map(({ sessionId }) => sessionId))
    expect(sessions.size).toBe(2)
    for (const message of all) {
      expect(message).toMatchObject({
        _version: '0.7.2',
        id: expect.any(String),
        rootId: message.sessionId,
        createdAt: expect.stringMatching(/^\d{13}$/),
      })
    }
    expect(all[3]).toMatchObject({ createdAt: String(START + 10), event: { type: 'state idle → fetching' } })
    expect(all.at(-1)?.snapshot).toMatchObject({
      status: 'active',
      value: 'failed',
      context: { error: { code: 'refused', status: 403 }, view: null },
    })
    const disposed = all.find(({ type, event }) => type === '@xstate.snapshot' && event?.type === 'disposed')
    expect(disposed?.snapshot?.status).toBe('stopped')
    withoutDuplicates(all)
  })

  it('has each field that the real client’s messages have, of the same kind', async () => {
    const peer = await socketPeer()
    const inspector = createWebSocketInspector({ url: peer.url })
    const machine = createMachine({ id: 'other', initial: 'a', states: { a: { on: { go: 'b' } }, b: {} } })
    const actor = createActor(machine, { inspect: inspector.inspect }).start()
    actor.send({ type: 'go' })
    await vi.waitFor(() => expect(peer.frames.length).toBeGreaterThanOrEqual(5), SOON)
    inspector.stop()
    const { recorder, messages, answer } = inWindow()
    answer(CONNECTED)
    recorder.push(...story())
    const kinds = (message: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(message).map(([key, value]) => [key, value === null ? 'string' : typeof value]),
      )
    for (const type of ['@xstate.actor', '@xstate.event', '@xstate.snapshot']) {
      const theirs = peer.frames.find((message) => message.type === type)
      const ours = messages().find((message) => message.type === type)
      expect(kinds(ours ?? {})).toMatchObject(kinds(theirs ?? { missing: true }))
    }
    const [theirs, ours] = [peer.frames, messages()].map((all) =>
      all.find(({ type }) => type === '@xstate.snapshot'),
    )
    const { output: _output, error: _error, ...fields } = kinds(theirs?.snapshot as Record<string, unknown>)
    expect(kinds(ours?.snapshot as Record<string, unknown>)).toMatchObject(fields)
  })

  it('names other sessions for each bridge, for an inspector that hears several apps', () => {
    const first = inWindow(handRecorder(record()))
    first.answer(CONNECTED)
    const second = inWindow(handRecorder(record()))
    second.answer(CONNECTED)
    expect(first.messages()[0]?.sessionId).not.toBe(second.messages()[0]?.sessionId)
  })

  it('defines a machine that XState 5 takes, with the six states', () => {
    const { recorder, messages, answer } = inWindow()
    answer(CONNECTED)
    recorder.push(record())
    const { definition } = messages()[0] as unknown as Message
    const machine = createMachine(JSON.parse(definition ?? '{}'))
    expect(Object.keys(machine.root.states).sort()).toEqual(
      ['idle', 'fetching', 'valid', 'expiring', 'refreshing', 'failed'].sort(),
    )
    expect(createActor(machine).start().getSnapshot().value).toBe('idle')
  })

  it('has no token in it, whatever a store lives through', async () => {
    const { recorder, live, secrets } = canaryStory()
    const { inspector, answer } = desk()
    untilTheEnd(connectStatelyInspect(recorder, { url: URL, origin: ORIGIN }))
    answer(CONNECTED)
    await live()
    expect(inspector.received.length).toBeGreaterThan(30)
    expect(inspector.everything).toContain('attempt-failed')
    for (const secret of secrets) expect(inspector.everything.includes(secret)).toBe(false)
  })
})

describe('connectStatelyInspect with a WebSocket', () => {
  const ws = (url: string) => ({ url, origin: url })

  it('tells over it what waits and what happens', async () => {
    const peer = await socketPeer()
    const recorder = handRecorder(...story().slice(0, 2))
    untilTheEnd(connectStatelyInspect(recorder, ws(peer.url)))
    await vi.waitFor(() => expect(peer.frames).toHaveLength(5), SOON)
    recorder.push(...story().slice(2, 4))
    await vi.waitFor(() => expect(peer.frames).toHaveLength(9), SOON)
    expect(told(peer.frames).slice(-2)).toEqual(['state fetching → valid', 'snapshot valid'])
  })

  it('comes back after it was cut, introduces who is there, and tells the rest once', async () => {
    const clock = simulatedClock()
    const peer = await socketPeer()
    const recorder = handRecorder(...story().slice(0, 4))
    untilTheEnd(connectStatelyInspect(recorder, ws(peer.url), clock))
    await vi.waitFor(() => expect(peer.frames).toHaveLength(9), SOON)
    peer.cut()
    await vi.waitFor(() => expect(clock.pending).toBe(1), SOON)
    recorder.push(...story().slice(4, 6))
    await clock.advance(1_000)
    await vi.waitFor(() => expect(peer.frames).toHaveLength(14), SOON)
    expect(peer.connections).toBe(2)
    expect(told(peer.frames.slice(9))).toEqual([
      'actor valid',
      'room connecting',
      'snapshot valid',
      'room connected',
      'snapshot valid',
    ])
    withoutDuplicates(peer.frames)
  })

  it('waits longer each time for an inspector that is not there, and finds it once it is', async () => {
    const clock = simulatedClock()
    const first = await socketPeer()
    await first.close()
    const recorder = handRecorder(...story().slice(0, 1))
    untilTheEnd(connectStatelyInspect(recorder, ws(first.url), clock))
    for (const waitMs of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
      await vi.waitFor(() => expect(clock.pending).toBe(1), SOON)
      expect(clock.delays.at(-1)).toBe(waitMs)
      await clock.advance(waitMs)
    }
    await vi.waitFor(() => expect(clock.pending).toBe(1), SOON)
    const peer = await socketPeer({ port: first.port })
    await clock.advance(15_000)
    await vi.waitFor(() => expect(peer.frames).toHaveLength(3), SOON)
  })

  it('takes no notice of whatever it is told', async () => {
    const peer = await socketPeer()
    const recorder = handRecorder(...story().slice(0, 1))
    untilTheEnd(connectStatelyInspect(recorder, ws(peer.url)))
    await vi.waitFor(() => expect(peer.frames).toHaveLength(3), SOON)
    const spies = (['command', 'clear', 'import', 'pause'] as const).map((name) => vi.spyOn(recorder, name))
    for (const text of [
      'no JSON',
      '{"type":"@statelyai.connected"}',
      '{"type":"xstate.event"}',
      'x'.repeat(100_000),
    ])
      peer.say(text)
    recorder.push(story()[1]!)
    await vi.waitFor(() => expect(peer.frames).toHaveLength(5), SOON)
    expect(peer.connections).toBe(1)
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
  })

  it('closes the socket and dials no more once it was taken back', async () => {
    const clock = simulatedClock()
    const peer = await socketPeer()
    const stop = connectStatelyInspect(handRecorder(...story().slice(0, 1)), ws(peer.url), clock)
    await vi.waitFor(() => expect(peer.frames).toHaveLength(3), SOON)
    stop()
    await vi.waitFor(() => expect(peer.open).toBe(0), SOON)
    expect(peer.frames.at(-1)).toEqual({ type: '@statelyai.disconnected' })
    expect(clock.pending).toBe(0)
    await clock.advance(60_000)
    expect(peer.connections).toBe(1)
  })

  it('dials no more when it was taken back while it waits', async () => {
    const clock = simulatedClock()
    const peer = await socketPeer()
    const stop = connectStatelyInspect(handRecorder(record()), ws(peer.url), clock)
    await vi.waitFor(() => expect(peer.connections).toBe(1), SOON)
    peer.cut()
    await vi.waitFor(() => expect(clock.pending).toBe(1), SOON)
    stop()
    expect(clock.pending).toBe(0)
  })

  it('dials nobody when it was taken back at once', async () => {
    const clock = simulatedClock()
    const peer = await socketPeer()
    connectStatelyInspect(handRecorder(), ws(peer.url), clock)()
    const other = connectStatelyInspect(handRecorder(record()), ws(peer.url), clock)
    untilTheEnd(other)
    await vi.waitFor(() => expect(peer.frames.length).toBeGreaterThan(0), SOON)
    expect(peer.connections).toBe(1)
  })

  it('is heard by the real receiver through a relay', async () => {
    const relay = await socketPeer({ relay: true })
    const heard: unknown[] = []
    createWebSocketReceiver({ server: relay.url }).subscribe((event) => void heard.push(event))
    await vi.waitFor(() => expect(relay.open).toBe(1), SOON)
    const { recorder, live, secrets } = canaryStory()
    untilTheEnd(connectStatelyInspect(recorder, ws(relay.url)))
    await vi.waitFor(() => expect(relay.open).toBe(2), SOON)
    await live()
    await vi.waitFor(() => expect(told(heard)).toContain('disposed'), SOON)
    const values = told(heard).filter((text) => text?.startsWith('snapshot'))
    expect(values).toEqual(
      expect.arrayContaining(['snapshot valid', 'snapshot expiring', 'snapshot refreshing']),
    )
    for (const secret of secrets) expect(relay.everything.includes(secret)).toBe(false)
  })
})

describe('The options of connectStatelyInspect', () => {
  it.each([
    ['url', {}],
    ['url', { url: 'nonsense', origin: ORIGIN }],
    ['url', { url: 'javascript:alert(1)', origin: ORIGIN }],
    ['url', { url: 'file:///inspector.html', origin: ORIGIN }],
    ['url', { url: 'ws://127.0.0.1:4000/#fragment', origin: ORIGIN }],
    ['origin', { url: URL }],
    ['origin', { url: URL, origin: '*' }],
    ['origin', { url: URL, origin: '' }],
    ['origin', { url: URL, origin: 'null' }],
    ['origin', { url: URL, origin: '/' }],
    ['origin', { url: URL, origin: 'http://127.0.0.1:4000/secret/' }],
    ['origin', { url: 'ws://127.0.0.1:4000/' }],
    ['origin', { url: 'ws://127.0.0.1:4000/', origin: '*' }],
    ['targetWindow', { url: URL, origin: ORIGIN, targetWindow: null }],
    ['targetWindow', { url: URL, origin: ORIGIN, targetWindow: {} }],
    ['targetWindow', { url: 'ws://127.0.0.1:4000/', origin: ORIGIN, targetWindow: {} }],
  ])('throw a TypeError that quotes %s: %j', (name, options) => {
    const { page } = desk()
    const connect = () => connectStatelyInspect(handRecorder(), options as never)
    expect(connect).toThrow(TypeError)
    expect(connect).toThrow(new RegExp(`^"${name}" must be`))
    expect(page.own.open).not.toHaveBeenCalled()
    expect(page.listeners).toBe(0)
  })

  it('may be a URL object', () => {
    const { opened } = desk()
    untilTheEnd(connectStatelyInspect(handRecorder(), { url: new globalThis.URL(URL), origin: `${ORIGIN}/` }))
    expect(opened).toEqual([[URL, 'xstateinspector']])
  })

  it('are needed', () => {
    expect(() => connectStatelyInspect(handRecorder(), undefined as never)).toThrow(/^"url" must be/)
  })

  it('say what to do when the browser blocks the window, or there is none', () => {
    const { page } = desk()
    vi.mocked(page.own.open).mockReturnValue(null)
    const connect = () => connectStatelyInspect(handRecorder(), { url: URL, origin: ORIGIN })
    expect(connect).toThrow('"targetWindow"')
    expect(page.listeners).toBe(0)
    vi.unstubAllGlobals()
    const noWindow = new TypeError('"url" must be a ws: or wss: URL where there is no window')
    expect(connect).toThrow(noWindow)
    // React Native calls its global object so, which has nothing of a window.
    vi.stubGlobal('window', {})
    expect(connect).toThrow(noWindow)
    vi.unstubAllGlobals()
  })
})
