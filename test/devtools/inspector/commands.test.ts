import { describe, expect, it, onTestFinished } from 'vitest'
import { connectInspector } from '../../../devtools/src/node/connect-inspector'
import { recorded, told } from '../recorder/setup'
import { Client, inspector, only, Watcher } from './setup'

/** The results that a viewer was told, by the command's id. */
const results = (watcher: Watcher) =>
  Object.fromEntries(
    watcher.frames.filter(({ kind }) => kind === 'result').map(({ id, ok }) => [String(id), ok]),
  )

/** A viewer of an app whose store has one token. */
async function viewed(allowCommands: boolean) {
  const { url } = await inspector()
  const watcher = await Watcher.at(url)
  const at = recorded({ allowCommands })
  await at.store.fetch()
  onTestFinished(connectInspector(at.recorder, { url }))
  await watcher.until(() => watcher.told().length === at.records().length)
  const { source } = only(watcher.sources)
  const storeId = at.records()[0]?.storeId
  return { ...at, url, watcher, source, lifecycle: `${storeId}/1` }
}

describe('A command of a viewer', () => {
  it('reaches an app that allows commands, which tells what became of it', async () => {
    const { watcher, source, lifecycle, endpoint, records } = await viewed(true)
    expect(only(watcher.sources).allowCommands).toBe(true)
    watcher.say({ kind: 'command', id: 11, source, lifecycle, name: 'refresh' })
    await watcher.until(() => '11' in results(watcher))
    expect(results(watcher)).toEqual({ 11: true })
    await watcher.until(() => endpoint.calls.length === 2)
    await watcher.until(() => watcher.told().length === records().length)
    expect(told(records())).toContain('command')
  })

  it('is refused where commands are off, and the app hears nothing of it', async () => {
    const { watcher, source, lifecycle, records } = await viewed(false)
    const before = records()
    watcher.say({ kind: 'command', id: 12, source, lifecycle, name: 'invalidate' })
    await watcher.until(() => '12' in results(watcher))
    expect(results(watcher)).toEqual({ 12: false })
    expect(records()).toEqual(before)
  })

  it('never leaves for an app that did not say that it takes any', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const app = await new Client(url).opened()
    app.say({ kind: 'hello', app: 'an-app-of-16-to-64', allowCommands: false })
    await watcher.until(() => watcher.sources.length === 1)
    const { source } = only(watcher.sources)
    watcher.say({ kind: 'command', id: 1, source, lifecycle: 'store-1/1', name: 'refresh' })
    await watcher.until(() => '1' in results(watcher))
    expect(app.frames.map(({ kind }) => kind)).toEqual(['attach'])
  })

  it.each([
    ['a lifecycle that there is not', { lifecycle: 'store-9/9' }],
    ['a source that there is not', { source: 'livekit-token-99' }],
    ['a source with a name of the language', { source: '__proto__' }],
  ])('is refused for %s', async (_what, wrong) => {
    const { watcher, source, lifecycle } = await viewed(true)
    watcher.say({ kind: 'command', id: 13, source, lifecycle, name: 'refresh', ...wrong })
    await watcher.until(() => '13' in results(watcher))
    expect(results(watcher)).toEqual({ 13: false })
  })

  it('with a name that is not in the list is refused, and the app hears nothing of it', async () => {
    const { watcher, source, lifecycle, records } = await viewed(true)
    const before = records()
    for (const [index, name] of ['dispose', 'toString', '', undefined].entries()) {
      watcher.say({ kind: 'command', id: 20 + index, source, lifecycle, name })
    }
    watcher.say({ kind: 'command', id: 15, source, lifecycle: 'store-9/9', name: 'refresh' })
    await watcher.until(() => '15' in results(watcher))
    expect(results(watcher)).toEqual({ 15: false, 20: false, 21: false, 22: false, 23: false })
    expect(records()).toEqual(before)
  })

  it('is answered with a no when the app leaves before it has answered', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const app = await new Client(url).opened()
    app.say({ kind: 'hello', app: 'an-app-of-16-to-64', allowCommands: true })
    await watcher.until(() => watcher.sources.length === 1)
    const { source } = only(watcher.sources)
    for (let id = 1; id <= 150; id += 1)
      watcher.say({ kind: 'command', id, source, lifecycle: 'store-1/1', name: 'refresh' })
    // More than a hundred at once are not sent on.
    await watcher.until(() => Object.keys(results(watcher)).length === 50)
    await watcher.until(() => app.frames.length === 101)
    await app.close()
    await watcher.until(() => Object.keys(results(watcher)).length === 150)
    expect(new Set(Object.values(results(watcher)))).toEqual(new Set([false]))
    expect(only(watcher.sources)).toMatchObject({ connected: false, allowCommands: false })
  })

  it('of an app to another is nothing', async () => {
    const { url, source, lifecycle, watcher, records } = await viewed(true)
    const before = records()
    const app = await new Client(url).opened()
    app.say({ kind: 'hello', app: 'an-app-of-16-to-64', allowCommands: true })
    app.say({ kind: 'command', id: 1, source, lifecycle, name: 'invalidate' })
    app.say({ kind: 'watch', since: {} })
    app.say({ kind: 'cleared' })
    await watcher.until(() => watcher.sources.length === 2)
    expect(app.frames.map(({ kind }) => kind)).toEqual(['attach'])
    expect(records()).toEqual(before)
  })
})
