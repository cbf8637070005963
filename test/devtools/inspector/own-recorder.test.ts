import { describe, expect, it, onTestFinished } from 'vitest'
import { startInspector } from '../../../devtools/src/inspector/start-inspector'
import { recorded } from '../recorder/setup'
import { inspector, only, Watcher } from './setup'

describe('The recorder of the inspector’s own process', () => {
  it('is a source with all that it has, and all that happens', async () => {
    const at = recorded()
    await at.store.fetch()
    const { url } = await inspector({ recorder: at.recorder })
    const watcher = await Watcher.at(url)
    await watcher.until(() => watcher.told().length === at.records().length)
    await at.store.fetch({ roomName: 'B' })
    await watcher.until(() => watcher.told().length === at.records().length)
    expect(watcher.told().map(({ frame }) => frame)).toEqual(at.records())
    expect(only(watcher.sources)).toMatchObject({
      protocol: 'livekit-token',
      origin: null,
      connected: true,
      allowCommands: false,
    })
  })

  it('is cleared in view of everybody, and an imported session is not shown', async () => {
    const at = recorded()
    await at.store.fetch()
    const session = at.recorder.export()
    const { url } = await inspector({ recorder: at.recorder })
    const watcher = await Watcher.at(url)
    const before = at.records().length
    at.recorder.clear()
    await watcher.until(() => only(watcher.sources).cleared === before)
    at.recorder.import(session)
    await at.store.fetch({ roomName: 'B' })
    at.recorder.clear()
    await watcher.until(() => watcher.told().length === before + at.records().length)
    expect(
      watcher
        .told()
        .slice(before)
        .map(({ frame }) => frame),
    ).toEqual(at.records())
  })

  it('takes commands when it allows them', async () => {
    const at = recorded({ allowCommands: true })
    await at.store.fetch()
    const { url } = await inspector({ recorder: at.recorder })
    const watcher = await Watcher.at(url)
    const { source } = only(watcher.sources)
    const lifecycle = `${at.records()[0]?.storeId}/1`
    watcher.say({ kind: 'command', id: 1, source, lifecycle, name: 'invalidate' })
    watcher.say({ kind: 'command', id: 2, source, lifecycle: 'store-9/9', name: 'invalidate' })
    await watcher.until(() => watcher.frames.filter(({ kind }) => kind === 'result').length === 2)
    const results = watcher.frames.filter(({ kind }) => kind === 'result')
    expect(results.map(({ id, ok }) => [id, ok])).toEqual([
      [1, true],
      [2, false],
    ])
    expect(at.store.lifecycle().getSnapshot().status).toBe('idle')
  })

  it('is let go of by close', async () => {
    const at = recorded()
    let watching = 0
    const { records$ } = at.recorder
    const counted = {
      ...at.recorder,
      records$: Object.assign(Object.create(Object.getPrototypeOf(records$)), records$, {
        subscribe(...given: Parameters<typeof records$.subscribe>) {
          watching += 1
          const subscription = records$.subscribe(...given)
          subscription.add(() => {
            watching -= 1
          })
          return subscription
        },
      }),
    }
    const started = await startInspector({ recorder: counted })
    onTestFinished(() => started.close())
    expect(watching).toBe(1)
    await started.close()
    expect(watching).toBe(0)
  })
})
