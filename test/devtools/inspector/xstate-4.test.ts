import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { dial } from '../../../devtools/src/inspector/dial'
import { Sources } from '../../../devtools/src/inspector/sources'
import { simulatedClock } from '../../helpers/clock'
import { Client, inspector, only, Watcher } from './setup'
import { createWebSocketReceiver, inspectedProcess } from './xstate-4'

const parsed = (text: unknown) => JSON.parse(String(text))

describe('A process with the real @xstate/inspect, dialled', () => {
  it('is a source of its own that is named after its machine', async () => {
    const there = await inspectedProcess()
    there.light('crossing')
    const { url } = await inspector({ dial: [there.url] })
    const watcher = await Watcher.at(url)
    await watcher.until(() => watcher.told().length > 0)
    const source = only(watcher.sources)
    expect(source).toMatchObject({ protocol: 'xstate-4', name: 'crossing', origin: null, connected: true })
    expect(source.allowCommands).toBe(false)
    const { frame, seq } = only(watcher.told())
    expect(seq).toBe(1)
    if (!('type' in frame) || frame.type !== 'service.register') throw new Error('no registration')
    expect(parsed(frame.machine)).toMatchObject({ id: 'crossing', initial: 'green' })
    expect(parsed(frame.state)).toMatchObject({ value: 'green' })
  })

  it('tells each event, each state and the end, in their order', async () => {
    const there = await inspectedProcess()
    const { url } = await inspector({ dial: [there.url] })
    const watcher = await Watcher.at(url)
    await watcher.until(() => there.heard.length > 0)
    const light = there.light('crossing')
    light.send('NEXT')
    light.stop()
    await watcher.until(() =>
      watcher.told().some(({ frame }) => 'type' in frame && frame.type === 'service.stop'),
    )
    const frames = watcher
      .told()
      .map(({ frame }) => frame as { type: string; event?: string; state?: string })
    const story = frames.map(({ type, event, state }) =>
      [type, event && parsed(event).name, state && parsed(state).value].filter(Boolean).join(' '),
    )
    const [first, ...rest] = story
    expect(first).toBe('service.register green')
    expect(rest).toContain('service.event NEXT')
    expect(rest.indexOf('service.state red')).toBeGreaterThan(rest.indexOf('service.event NEXT'))
    expect(rest.at(-1)).toBe('service.stop')
    expect(watcher.told().map(({ seq }) => seq)).toEqual(frames.map((_, index) => index + 1))
  })

  it('hears the handshake of a receiver and nothing else, whatever viewers say', async () => {
    const there = await inspectedProcess()
    const light = there.light('crossing')
    const { url } = await inspector({ dial: [there.url] })
    const watcher = await Watcher.at(url)
    await watcher.until(() => watcher.told().length > 0)
    const { source } = only(watcher.sources)
    watcher.say({ kind: 'command', id: 1, source, lifecycle: 'x:0', name: 'refresh' })
    watcher.send({ type: 'xstate.event', event: '{"name":"NEXT","data":{"type":"NEXT"}}', source })
    await watcher.until(() => watcher.frames.some(({ kind }) => kind === 'result'))
    light.send('NEXT')
    await watcher.until(() => watcher.told().length > 2)
    expect(watcher.frames).toContainEqual(expect.objectContaining({ kind: 'result', id: 1, ok: false }))
    expect(there.heard).toEqual(['{"type":"xstate.inspecting"}'])
  })

  it('is told the same as the package’s own receiver is', async () => {
    const there = await inspectedProcess()
    const { url } = await inspector({ dial: [there.url] })
    const watcher = await Watcher.at(url)
    await watcher.until(() => there.heard.length === 1)
    // It reports a service that has no state yet, which the sender tells too, as an error.
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => error.mockRestore())
    const received: { type: string; sessionId?: string }[] = []
    // It takes the browser's constructor.
    const { WebSocket } = globalThis
    Object.assign(globalThis, { WebSocket: (await import('ws')).WebSocket })
    const receiver = createWebSocketReceiver({ server: there.url.slice('ws://'.length) } as never)
    Object.assign(globalThis, { WebSocket })
    receiver.subscribe((event) => void received.push(event as never))
    await watcher.until(() => there.heard.length === 2)
    const light = there.light('crossing')
    light.send('NEXT')
    light.stop()
    await watcher.until(() => received.at(-1)?.type === 'service.stop')
    await watcher.until(() => watcher.told().length === received.length)
    const types = watcher.told().map(({ frame }) => ('type' in frame ? frame.type : null))
    expect(types).toEqual(received.map(({ type }) => type))
  })

  it('is dialled again when it is lost, as a new source, and nothing is told twice', async () => {
    const there = await inspectedProcess()
    there.light('crossing')
    const { url } = await inspector({ dial: [there.url] })
    const watcher = await Watcher.at(url)
    await watcher.until(() => watcher.told().length > 0)
    there.cut()
    await watcher.until(() => watcher.sources.length === 2)
    await watcher.until(() => watcher.told().length === 2)
    expect(watcher.sources.map(({ connected }) => connected)).toEqual([false, true])
    expect(there.dials).toBe(2)
    const registered = watcher.told().map(({ source, seq }) => [source, seq])
    expect(registered).toEqual(watcher.sources.map(({ source }) => [source, 1]))
  })

  it('keeps its place, and is dialled ever more rarely, when what it sends is cut off each time', async () => {
    const there = await inspectedProcess()
    there.light('crossing')
    const clock = simulatedClock()
    const sources = new Sources(clock)
    onTestFinished(dial(there.url, sources, clock))
    for (let round = 1; round <= 4; round += 1) {
      await expect.poll(() => there.heard.length, { timeout: 60_000 }).toBe(round)
      await expect.poll(() => [...sources.all()].some(({ connected }) => connected)).toBe(true)
      there.flood('x'.repeat(1_100_000))
      await expect.poll(() => clock.delays.length, { timeout: 60_000 }).toBe(round)
      expect([...sources.all()].map(({ message: { connected, lost } }) => [connected, lost])).toEqual([
        [false, 'frame-too-big'],
      ])
      await clock.advance(clock.delays.at(-1)!)
    }
    expect(clock.delays).toEqual([500, 1_000, 2_000, 4_000])
  })

  it('may begin after the inspector', async () => {
    const before = await inspectedProcess()
    await before.close()
    const { url } = await inspector({ dial: [before.url] })
    const watcher = await Watcher.at(url)
    expect(watcher.sources).toEqual([])
    const there = await inspectedProcess(before.port)
    there.light('late')
    await watcher.until(() => watcher.told().length > 0)
    expect(only(watcher.sources).name).toBe('late')
  })

  it('is left alone once the inspector is closed, whether it is there or not', async () => {
    const there = await inspectedProcess()
    const clock = simulatedClock()
    const hangUp = dial(there.url, new Sources(clock), clock)
    await expect.poll(() => there.heard.length, { timeout: 60_000 }).toBe(1)
    there.cut()
    await expect.poll(() => clock.delays, { timeout: 60_000 }).toEqual([500])
    await clock.advance(500)
    await expect.poll(() => there.heard.length, { timeout: 60_000 }).toBe(2)
    hangUp()
    await expect.poll(() => there.connections, { timeout: 60_000 }).toBe(0)
    expect(clock.pending).toBe(0)
    const waiting = dial('ws://127.0.0.1:9', new Sources(clock), clock)
    await expect.poll(() => clock.pending, { timeout: 60_000 }).toBe(1)
    waiting()
    expect(clock.pending).toBe(0)
  })
})

describe('An app that dials the inspector with frames of @xstate/inspect', () => {
  const register = {
    type: 'service.register',
    sessionId: 'x:1',
    machine: '{"id":"door","states":{}}',
    state: '{}',
  }

  it('is a source, is told nothing, and stays in view when it leaves', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const app = await new Client(url).opened()
    app.send(register)
    app.send({ type: 'service.event', sessionId: 'x:1', event: '{"name":"OPEN"}' })
    await watcher.until(() => watcher.told().length === 2)
    await app.close()
    await watcher.until(() => !only(watcher.sources).connected)
    expect(app.texts).toEqual([])
    expect(only(watcher.sources)).toMatchObject({ protocol: 'xstate-4', name: 'door' })
    const late = await Watcher.at(url)
    await late.until(() => late.told().length === 2)
    expect(late.told()).toEqual(watcher.told())
  })

  it.each([
    ['an object', '{"id":{"a":1},"states":{}}'],
    ['a number', '{"id":7,"states":{}}'],
    ['nothing', '{"states":{}}'],
    ['there is no machine', 'null'],
  ])('has no name where its machine’s is none: %s', async (_what, machine) => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const app = await new Client(url).opened()
    app.send({ ...register, machine })
    await watcher.until(() => watcher.told().length === 1)
    expect(only(watcher.sources).name).toBe('machines')
  })

  it('keeps to the protocol that it began with', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const app = await new Client(url).opened()
    app.send(register)
    app.say({ kind: 'hello', app: 'an-app-of-16-to-64', allowCommands: true })
    app.send({ ...register, type: '@xstate.actor', _version: '1', createdAt: '1', id: null, name: 'a' })
    app.send({ type: 'service.stop', sessionId: 'x:1' })
    await watcher.until(() => watcher.told().length === 2)
    expect(watcher.sources).toHaveLength(1)
    expect(app.texts).toEqual([])
  })
})
