import { createWebSocketInspector } from '@statelyai/inspect'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createActor, createMachine, fromPromise, setup, spawnChild } from 'xstate'
import type { XState5Frame } from '../../../devtools/src/protocol/xstate-frames'
import { Client, inspector, only, Watcher } from './setup'

const light = createMachine({
  id: 'crossing',
  initial: 'green',
  states: { green: { on: { NEXT: 'red' } }, red: { on: { NEXT: 'green' } } },
})

/** The real sender, to that inspector. */
function stately(url: string) {
  const sender = createWebSocketInspector({ url: url.replace('http', 'ws') })
  onTestFinished(() => sender.stop())
  return sender
}

const framesOf = (watcher: Watcher) => watcher.told().map(({ frame }) => frame as XState5Frame)

describe('An app with the real @statelyai/inspect', () => {
  it('is a source that is named after its machine, and tells actor, events and snapshots', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const actor = createActor(light, { inspect: stately(url).inspect }).start()
    actor.send({ type: 'NEXT' })
    const values = () =>
      framesOf(watcher).map((frame) => (frame.type === '@xstate.snapshot' ? frame.snapshot : null))
    await watcher.until(() => JSON.stringify(values()).includes('"red"'))
    expect(only(watcher.sources)).toMatchObject({ protocol: 'xstate-5', name: 'crossing', connected: true })
    const [first, ...rest] = framesOf(watcher)
    if (first?.type !== '@xstate.actor') throw new Error('no actor')
    expect(JSON.parse(String(first.definition))).toMatchObject({ id: 'crossing', initial: 'green' })
    expect(first.sessionId).toBe(actor.sessionId)
    expect(rest).toContainEqual(expect.objectContaining({ type: '@xstate.event', event: { type: 'NEXT' } }))
  })

  it('is told nothing, and no command goes to it', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const app = await new Client(url).opened()
    const { adapter } = stately(url)
    app.send({
      type: '@xstate.actor',
      sessionId: 'x:0',
      _version: '1',
      createdAt: '1',
      id: null,
      name: 'mine',
    })
    await watcher.until(() => watcher.sources.length === 1)
    const { source } = only(watcher.sources)
    watcher.say({ kind: 'command', id: 5, source, lifecycle: 'x:0', name: 'invalidate' })
    await watcher.until(() => watcher.frames.some(({ kind, ok }) => kind === 'result' && ok === false))
    expect(app.texts).toEqual([])
    adapter.stop?.()
  })

  it('keeps the chart of what lives on, however many come and go after it', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const job = createMachine({ id: 'job', initial: 'done', states: { done: { type: 'final' } } })
    const root = setup({ actors: { job } }).createMachine({
      id: 'root',
      on: { GO: { actions: spawnChild('job') } },
      initial: 'on',
      states: { on: {} },
    })
    const actor = createActor(root, { inspect: stately(url).inspect }).start()
    const actors = (one: Watcher) => framesOf(one).filter(({ type }) => type === '@xstate.actor')
    // The sender keeps little of what happens before it is connected.
    await watcher.until(() => actors(watcher).length === 1)
    for (let count = 0; count < 220; count += 1) actor.send({ type: 'GO' })
    actor.send({ type: 'LAST' })
    const isLast = (frame: XState5Frame) => frame.type === '@xstate.event' && frame.event.type === 'LAST'
    await watcher.until(() => framesOf(watcher).some(isLast))
    const late = await Watcher.at(url)
    await late.until(() => actors(late).length > 0)
    expect(actors(late)[0]).toMatchObject({ name: 'root', definition: expect.stringContaining('"root"') })
  })

  it('is shown by a part of its name where that is long', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const child = createMachine({ id: 'child', initial: 'on', states: { on: {} } })
    const long = 'a state of a realistic length '.repeat(8)
    const parent = createMachine({
      id: 'parent',
      initial: long,
      states: { [long]: { invoke: { src: child } } },
    })
    createActor(parent, { inspect: stately(url).inspect }).start()
    await watcher.until(() => framesOf(watcher).filter(({ type }) => type === '@xstate.actor').length === 2)
    const names = framesOf(watcher).map((frame) => (frame.type === '@xstate.actor' ? frame.name : ''))
    expect(names.find((name) => name.startsWith('0.parent.a state'))).toHaveLength(200)
  })

  it('is said to be cut off when it sent too much at once, and that it is back', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const app = await new Client(url).opened()
    const hello = { kind: 'hello', app: 'an-app-of-16-to-64', allowCommands: false }
    app.say(hello)
    await watcher.until(() => watcher.sources.some(({ connected }) => connected))
    app.send('x'.repeat(1_100_000))
    expect(await app.ended()).toBe(1009)
    await watcher.until(() => watcher.sources.some(({ lost }) => lost === 'frame-too-big'))
    expect(only(watcher.sources)).toMatchObject({ connected: false })
    const again = await new Client(url).opened()
    again.say(hello)
    await watcher.until(() => watcher.sources.some(({ connected }) => connected))
    expect(only(watcher.sources).lost).toBeNull()
    await again.close()
    await watcher.until(() => watcher.sources.some(({ connected }) => !connected))
    expect(only(watcher.sources).lost).toBeNull()
  })

  it('is there for a viewer that comes later, also once it has left', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const sender = stately(url)
    createActor(light, { inspect: sender.inspect }).start().send({ type: 'NEXT' })
    await watcher.until(() => watcher.told().length >= 5)
    sender.stop()
    await watcher.until(() => !only(watcher.sources).connected)
    const late = await Watcher.at(url)
    await late.until(() => late.told().length === watcher.told().length)
    expect(late.told()).toEqual(watcher.told())
    expect(only(late.sources).connected).toBe(false)
  })

  it('is still drawn after more events than are kept: what introduced its machine stays', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const app = await new Client(url).opened()
    const stamp = { _version: '0.7.2', createdAt: '1', id: null }
    app.send({
      type: '@xstate.actor',
      ...stamp,
      sessionId: 'x:0',
      name: 'crossing',
      definition: JSON.stringify(light.config),
    })
    // Actors that are no machines, as promises are: they push nothing out.
    for (let number = 1; number <= 300; number += 1)
      app.send({
        type: '@xstate.actor',
        ...stamp,
        sessionId: `x:${number}`,
        name: 'p',
        definition: '{"id":"p"}',
      })
    const event = { type: 'NEXT', more: 'x'.repeat(100_000) }
    for (let number = 0; number < 60; number += 1)
      app.send({ type: '@xstate.event', ...stamp, sessionId: 'x:0', event })
    await watcher.until(() => watcher.told().at(-1)?.seq === 361)
    const late = await Watcher.at(url)
    await late.until(() => late.told().at(-1)?.seq === 361)
    const [first, ...rest] = late.told()
    expect(first).toMatchObject({ seq: 1, frame: { type: '@xstate.actor', name: 'crossing' } })
    // Three million characters at most.
    expect(rest.length).toBeGreaterThan(20)
    expect(rest.length).toBeLessThan(30)
  })
})

describe('A token in another’s machine', () => {
  it('is never kept nor sent on, wherever the real sender puts it', async () => {
    const { canary, parts } = await import('./canary')
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const machine = setup({ actors: { ask: fromPromise(async () => ({ jwt: canary })) } }).createMachine({
      id: 'leaky',
      context: { token: canary, header: `Bearer ${canary}` },
      initial: 'asking',
      states: {
        asking: { invoke: { src: 'ask', input: { apiKey: canary }, onDone: 'done' } },
        done: {},
      },
    })
    const actor = createActor(machine, { inspect: stately(url).inspect }).start()
    actor.send({ type: canary })
    await watcher.until(() => watcher.texts.join().includes('"done"'))
    const late = await Watcher.at(url)
    await late.until(() => late.told().length === watcher.told().length)
    const everything = [...watcher.texts, ...late.texts].join('\n')
    expect(everything).toContain('[token]')
    for (const part of parts) expect(everything).not.toContain(part)
  })
})
