import { connectXStateInspect } from 'livekit-token-devtools/xstate-inspect'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { simulatedClock } from '../../helpers/clock'
import { record, story, view } from '../records'
import { createWebSocketReceiver, createWindowReceiver, type HeardEvent } from './real-xstate-inspect'
import { canaryStory, handRecorder, untilTheEnd } from './setup'
import { browserSocket, SOON, socketPeer } from './sockets'
import { desk, fakeWindow } from './windows'

const INSPECTING = { type: 'xstate.inspecting' }
const URL = 'http://127.0.0.1:4000/secret/'
const ORIGIN = 'http://127.0.0.1:4000'

/** `register idle`, `event attempt`, `state valid`, `stop`. */
const told = (heard: readonly HeardEvent[]) =>
  heard.map(({ type, state, event }) =>
    [type.replace('service.', ''), state?.value ?? event?.name].filter(Boolean).join(' '),
  )

/** Frames as they are on the wire: their payloads are JSON. */
const parsed = (frames: readonly Record<string, unknown>[]): HeardEvent[] =>
  frames.map(
    (frame) =>
      Object.fromEntries(
        Object.entries(frame).map(([key, value]) =>
          ['machine', 'state', 'event'].includes(key) ? [key, JSON.parse(value as string)] : [key, value],
        ),
      ) as unknown as HeardEvent,
  )

function inWindow(recorder = handRecorder()) {
  const at = desk()
  const stop = connectXStateInspect(recorder, { url: URL, origin: ORIGIN })
  const frames = () => parsed(at.inspector.received.map(({ data }) => data))
  return { ...at, recorder, frames, stop: untilTheEnd(stop) }
}

/** With the package's own receiver in the inspector's window. */
function withReceiver(recorder = handRecorder()) {
  const at = inWindow(recorder)
  const heard: HeardEvent[] = []
  const receiver = createWindowReceiver({
    window: at.inspector.own,
    targetWindow: at.page.seenBy(at.inspector),
  })
  onTestFinished(() => receiver.stop?.())
  receiver.subscribe((event) => void heard.push(event))
  return { ...at, receiver, heard }
}

describe('connectXStateInspect with the real receiver in a window', () => {
  it('registers each lifecycle as a service with the machine’s chart, then tells events and states', () => {
    const { recorder, heard, opened } = withReceiver()
    expect(opened).toEqual([[URL, 'xstateinspector']])
    recorder.push(...story())
    expect(told(heard).slice(0, 8)).toEqual([
      'register idle',
      'event attached idle',
      'event state idle → fetching',
      'state fetching',
      'event attempt',
      'state fetching',
      'event state fetching → valid',
      'state valid',
    ])
    const registered = heard.filter(({ type }) => type === 'service.register')
    expect(registered.map(({ id }) => id)).toEqual(['tokens/1', 'tokens/2'])
    for (const { machine } of registered) {
      expect(machine?.id).toBe('token')
      expect(Object.keys(machine?.states ?? {}).sort()).toEqual(
        ['idle', 'fetching', 'valid', 'expiring', 'refreshing', 'failed'].sort(),
      )
    }
    expect(told(heard)).toContain('stop')
    expect(told(heard).slice(-2)).toEqual(['event state fetching → failed', 'state failed'])
    const joined = heard.find(({ state }) => state?.context.room === 'connected')
    expect(joined?.state?.context).toMatchObject({ view: { ordinal: 1, room: 'A' } })
  })

  it('says nothing before it is asked, then the present', () => {
    const { recorder, inspector, answer, frames } = inWindow()
    recorder.push(...story().slice(0, 4))
    expect(inspector.everything).toBe('')
    answer(INSPECTING)
    expect(told(frames())).toEqual(['register valid'])
    expect(frames()[0]?.id).toBe('tokens/1')
  })

  it('tells the present again to a page that was reloaded, and nothing twice', () => {
    const { recorder, answer, frames } = inWindow(handRecorder(...story().slice(0, 4)))
    answer(INSPECTING)
    answer(INSPECTING)
    recorder.push(story()[4]!)
    expect(told(frames())).toEqual([
      'register valid',
      'register valid',
      'event room connecting',
      'state valid',
    ])
  })

  it('tells a page that was reloaded nothing of who has ended', () => {
    const { recorder, answer, frames } = inWindow()
    recorder.push(...story())
    answer(INSPECTING)
    answer(INSPECTING)
    expect(frames().map(({ type, id }) => [type, id])).toEqual([
      ['service.register', 'tokens/2'],
      ['service.register', 'tokens/2'],
    ])
  })

  it('does nothing on an event that the receiver sends, and echoes none', () => {
    const { recorder, heard, receiver, inspector } = withReceiver(handRecorder(...story().slice(0, 4)))
    const spies = (['command', 'clear', 'import', 'pause', 'attach'] as const).map((name) =>
      vi.spyOn(recorder, name),
    )
    const { length } = inspector.received
    const { sessionId } = parsed(inspector.received.map(({ data }) => data))[0]!
    const event = JSON.stringify({ name: 'invalidate', data: { type: 'invalidate' }, origin: sessionId })
    receiver.send({ type: 'xstate.event', event, service: sessionId })
    receiver.send({ type: 'disconnect' })
    receiver.send({ type: 'unload' })
    receiver.send({ type: 'service.state', state: '{}', sessionId })
    expect(inspector.received).toHaveLength(length)
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
    recorder.push(story()[4]!)
    expect(told(heard)).toEqual(['event room connecting', 'state valid'])
  })
})

describe('connectXStateInspect beside hostile windows', () => {
  it('hears neither a foreign origin nor a foreign window', () => {
    const { page, inspector, recorder } = inWindow()
    recorder.push(...story().slice(0, 4))
    const foreign = [fakeWindow('https://evil.example'), fakeWindow(ORIGIN)]
    for (const window of foreign) {
      for (const type of ['xstate.inspecting', 'xstate.event', 'service.state', 'disconnect'])
        page.seenBy(window).postMessage({ type, event: '{}', state: '{}' }, '*')
    }
    expect(inspector.everything).toBe('')
    for (const window of foreign) expect(window.everything).toBe('')
  })

  it('cannot be made to forward, repeat or end anything', () => {
    const { page, inspector, recorder, heard } = withReceiver(handRecorder(...story().slice(0, 4)))
    const foreign = fakeWindow('https://evil.example')
    const { length } = inspector.received
    for (const type of ['xstate.inspecting', 'service.register', 'service.stop', 'unload', 'disconnect'])
      page.seenBy(foreign).postMessage({ type, sessionId: 'x', machine: '{}', state: '{}' }, '*')
    expect(inspector.received).toHaveLength(length)
    recorder.push(story()[4]!)
    expect(told(heard)).toEqual(['event room connecting', 'state valid'])
  })

  it('survives whatever the inspector’s own window says', () => {
    const { answer, inspector } = inWindow(handRecorder(record()))
    for (const data of [
      null,
      1,
      'xstate.inspecting',
      [],
      {},
      { type: 1 },
      { type: 'xstate.event', event: 'no JSON' },
    ])
      answer(data)
    expect(inspector.everything).toBe('')
  })

  it('says nothing to the page that the inspector’s window shows later', () => {
    const { recorder, inspector, answer } = inWindow(handRecorder(record()))
    answer(INSPECTING)
    const { length } = inspector.received
    inspector.origin = 'https://evil.example'
    answer(INSPECTING)
    recorder.push(record({ sequence: 2 }))
    expect(inspector.received).toHaveLength(length)
    expect(inspector.lost.length).toBeGreaterThan(0)
  })

  it('posts to the origin alone', () => {
    const { page, answer } = desk()
    const elsewhere = fakeWindow('https://evil.example', page)
    untilTheEnd(
      connectXStateInspect(handRecorder(...story()), {
        url: URL,
        origin: ORIGIN,
        targetWindow: elsewhere.seenBy(page),
      }),
    )
    page.seenBy(elsewhere).postMessage(INSPECTING, '*')
    answer(INSPECTING)
    expect(elsewhere.everything).toBe('')
  })
})

describe('connectXStateInspect and its page', () => {
  it('adds one listener, and takes it back with everything else', () => {
    const { page, recorder, inspector, frames, answer, stop } = inWindow()
    expect(page.listeners).toBe(1)
    recorder.push(...story().slice(0, 4))
    answer(INSPECTING)
    stop()
    expect(page.listeners).toBe(0)
    expect(recorder.observed).toBe(false)
    expect(frames().at(-1)?.type).toBe('xstate.disconnect')
    const { length } = inspector.received
    answer(INSPECTING)
    recorder.push(...story().slice(4))
    expect(inspector.received).toHaveLength(length)
  })

  it('may be connected again, and twice, without hearing of one another', () => {
    const first = inWindow(handRecorder(record()))
    first.answer(INSPECTING)
    first.stop()
    const second = inWindow(handRecorder(record({ lifecycle: '2' })))
    const third = inWindow(handRecorder(record({ lifecycle: '3', view: view(1) })))
    second.answer(INSPECTING)
    third.answer(INSPECTING)
    expect(second.frames().map(({ sessionId }) => sessionId.split('@')[0])).toEqual(['store-1/2'])
    expect(third.frames().map(({ sessionId }) => sessionId.split('@')[0])).toEqual(['store-1/3'])
  })

  it('leaves the global that XState’s own devtools use as it was', () => {
    inWindow(handRecorder(record())).answer(INSPECTING)
    expect('__xstate__' in globalThis).toBe(false)
    const register = vi.fn()
    const onRegister = vi.fn()
    vi.stubGlobal('__xstate__', { services: new Set(), register, onRegister })
    const { __xstate__: own } = globalThis as { __xstate__?: unknown }
    inWindow(handRecorder(record())).answer(INSPECTING)
    expect((globalThis as { __xstate__?: unknown }).__xstate__).toBe(own)
    expect(register).not.toHaveBeenCalled()
    expect(onRegister).not.toHaveBeenCalled()
  })

  it('warns of nothing', () => {
    const said = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name))
    onTestFinished(() => void vi.restoreAllMocks())
    const { recorder, answer, stop } = inWindow()
    answer(INSPECTING)
    recorder.push(...story())
    stop()
    recorder.push(record({ sequence: 99 }))
    for (const spy of said) expect(spy).not.toHaveBeenCalled()
  })

  it('sends no token, whatever a store lives through', async () => {
    const { recorder, live, secrets } = canaryStory()
    const { inspector, answer } = desk()
    untilTheEnd(connectXStateInspect(recorder, { url: URL, origin: ORIGIN }))
    answer(INSPECTING)
    await live()
    expect(inspector.received.length).toBeGreaterThan(30)
    expect(inspector.everything).toContain('attempt-failed')
    for (const secret of secrets) expect(inspector.everything.includes(secret)).toBe(false)
  })
})

describe('connectXStateInspect with a WebSocket', () => {
  const ws = (url: string) => ({ url, origin: url })

  it('tells the present as soon as it is through, and then what happens', async () => {
    const peer = await socketPeer()
    const recorder = handRecorder(...story().slice(0, 4))
    untilTheEnd(connectXStateInspect(recorder, ws(peer.url)))
    await vi.waitFor(() => expect(told(parsed(peer.frames))).toEqual(['register valid']), SOON)
    recorder.push(story()[4]!)
    await vi.waitFor(
      () => expect(told(parsed(peer.frames)).slice(1)).toEqual(['event room connecting', 'state valid']),
      SOON,
    )
  })

  it('does not read what is malformed, too long, or no question', async () => {
    const peer = await socketPeer()
    const recorder = handRecorder(record())
    untilTheEnd(connectXStateInspect(recorder, ws(peer.url)))
    await vi.waitFor(() => expect(peer.frames).toHaveLength(1), SOON)
    const long = { ...INSPECTING, more: 'x'.repeat(100_000) }
    const event = { type: 'xstate.event', event: '{', service: peer.frames[0]?.sessionId }
    for (const text of ['no JSON', 'null', '[]', JSON.stringify(long), JSON.stringify(event)]) peer.say(text)
    peer.say(JSON.stringify(INSPECTING))
    await vi.waitFor(() => expect(peer.frames).toHaveLength(2), SOON)
    recorder.push(record({ sequence: 2, type: 'invalidated' }))
    await vi.waitFor(() => expect(peer.frames).toHaveLength(4), SOON)
    expect(told(parsed(peer.frames)).slice(2)).toEqual(['event invalidated', 'state idle'])
  })

  it('comes back after it was cut and tells the present, and nothing twice', async () => {
    const clock = simulatedClock()
    const peer = await socketPeer()
    const recorder = handRecorder(...story().slice(0, 4))
    untilTheEnd(connectXStateInspect(recorder, ws(peer.url), clock))
    await vi.waitFor(() => expect(peer.frames).toHaveLength(1), SOON)
    recorder.push(story()[4]!)
    await vi.waitFor(() => expect(peer.frames).toHaveLength(3), SOON)
    peer.cut()
    await vi.waitFor(() => expect(clock.pending).toBe(1), SOON)
    recorder.push(...story().slice(5, 7))
    await clock.advance(1_000)
    await vi.waitFor(() => expect(peer.frames).toHaveLength(4), SOON)
    expect(told(parsed(peer.frames)).at(-1)).toBe('register expiring')
  })

  it('is heard by the real receiver, through a relay, whoever comes first', async () => {
    browserSocket()
    const relay = await socketPeer({ relay: true })
    const { recorder, live, secrets } = canaryStory()
    untilTheEnd(connectXStateInspect(recorder, ws(relay.url)))
    await vi.waitFor(() => expect(relay.open).toBe(1), SOON)
    const heard: HeardEvent[] = []
    const receiver = createWebSocketReceiver({ server: `127.0.0.1:${relay.port}` })
    receiver.subscribe((event) => void heard.push(event))
    await vi.waitFor(() => expect(relay.frames.map(({ type }) => type)).toContain('xstate.inspecting'), SOON)
    await live()
    await vi.waitFor(() => expect(told(heard)).toContain('stop'), SOON)
    const values = new Set(heard.map(({ state }) => state?.value))
    for (const status of ['fetching', 'valid', 'expiring', 'refreshing', 'failed'])
      expect(values).toContain(status)
    receiver.send({
      type: 'xstate.event',
      event: JSON.stringify({ origin: heard[0]!.sessionId }),
      service: 'x',
    })
    for (const secret of secrets) expect(relay.everything.includes(secret)).toBe(false)
  })

  it('closes the socket once it was taken back', async () => {
    const clock = simulatedClock()
    const peer = await socketPeer()
    const stop = connectXStateInspect(handRecorder(record()), ws(peer.url), clock)
    await vi.waitFor(() => expect(peer.frames).toHaveLength(1), SOON)
    stop()
    await vi.waitFor(() => expect(peer.open).toBe(0), SOON)
    expect(peer.frames.map(({ type }) => type)).toEqual(['service.register', 'xstate.disconnect'])
    expect(clock.pending).toBe(0)
  })
})

describe('The options of connectXStateInspect', () => {
  it.each([
    ['url', { origin: ORIGIN }],
    ['url', { url: 'ftp://127.0.0.1/', origin: ORIGIN }],
    ['origin', { url: URL }],
    ['origin', { url: URL, origin: '*' }],
    ['origin', { url: 'ws://127.0.0.1:4000/', origin: '*' }],
    ['targetWindow', { url: URL, origin: ORIGIN, targetWindow: null }],
  ])('throw a TypeError that quotes %s: %j', (name, options) => {
    const { page } = desk()
    const connect = () => connectXStateInspect(handRecorder(), options as never)
    expect(connect).toThrow(TypeError)
    expect(connect).toThrow(new RegExp(`^"${name}" must be`))
    expect(page.own.open).not.toHaveBeenCalled()
  })
})
