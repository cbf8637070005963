import { createWebSocketInspector } from '@statelyai/inspect'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createActor, createMachine } from 'xstate'
import type { XState4Frame, XState5Frame } from '../../../devtools/src/protocol/xstate-frames'
import { inspector, Watcher } from './setup'
import { inspectedProcess } from './xstate-4'

const framesOf = (watcher: Watcher) => watcher.told().map(({ frame }) => frame as XState4Frame | XState5Frame)

describe('A machine that lives on', () => {
  it.each([
    ['have come to their end', 'OK'],
    ['were stopped by their parent', 'STOP'],
  ])('keeps its chart for a late viewer after 220 others %s', async (_what, end) => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const sender = createWebSocketInspector({ url: url.replace('http', 'ws') })
    onTestFinished(() => sender.stop())
    const job = createMachine({
      id: 'job',
      initial: 'run',
      states: { run: { on: { OK: 'done' } }, done: { type: 'final' } },
    })
    const root = createMachine({
      id: 'server',
      initial: 'idle',
      states: {
        idle: { on: { REQ: 'busy' } },
        busy: { invoke: { id: 'job', src: job, onDone: 'idle' }, on: { STOP: 'idle' } },
      },
    })
    const actor = createActor(root, { inspect: sender.inspect }).start()
    // Before it is connected the sender keeps no more than the last frames.
    await watcher.until(() => watcher.told().length > 0)
    for (let count = 0; count < 220; count += 1) {
      actor.send({ type: 'REQ' })
      if (end === 'STOP') actor.send({ type: end })
      else actor.getSnapshot().children.job?.send({ type: end })
      expect(actor.getSnapshot().value).toBe('idle')
    }
    const actors = (one: Watcher) => framesOf(one).filter(({ type }) => type === '@xstate.actor')
    await watcher.until(() => actors(watcher).length === 221)
    await watcher.until(() => framesOf(watcher).at(-1)?.type === '@xstate.snapshot')
    const late = await Watcher.at(url)
    await late.until(() => actors(late).length >= 200)
    expect(actors(late)[0]).toMatchObject({ sessionId: actor.sessionId })
  })

  it('keeps its chart after 220 others of @xstate/inspect were stopped', async () => {
    const there = await inspectedProcess()
    const { url } = await inspector({ dial: [there.url] })
    const watcher = await Watcher.at(url)
    await watcher.until(() => there.heard.length > 0)
    there.light('root')
    for (let count = 0; count < 220; count += 1) there.light('job').stop()
    const registered = (one: Watcher) => framesOf(one).filter(({ type }) => type === 'service.register')
    await watcher.until(() => registered(watcher).length === 221)
    const late = await Watcher.at(url)
    await late.until(() => registered(late).length >= 200)
    expect(registered(late)[0]).toMatchObject({ id: 'root' })
  })
})
