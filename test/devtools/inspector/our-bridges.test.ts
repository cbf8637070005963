import { describe, expect, it, onTestFinished } from 'vitest'
import { connectStatelyInspect } from '../../../devtools/src/bridges/stately-inspect'
import { connectXStateInspect } from '../../../devtools/src/bridges/xstate-inspect/connect-xstate-inspect'
import { recorded } from '../recorder/setup'
import { inspector, only, Watcher } from './setup'

describe('A bridge of ours that dials the inspector', () => {
  it.each([
    ['connectXStateInspect', connectXStateInspect, 'xstate-4'],
    ['connectStatelyInspect', connectStatelyInspect, 'xstate-5'],
  ] as const)('is understood: %s', async (_name, connect, protocol) => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const at = recorded({}, { name: 'kitchen' })
    await at.store.fetch()
    const options = { url: url.replace('http', 'ws'), origin: new URL(url).origin }
    const disconnect = connect(at.recorder, options)
    onTestFinished(disconnect)
    await watcher.until(() => watcher.told().length > 0)
    at.store.invalidate()
    await watcher.until(() => JSON.stringify(watcher.told().at(-1)).includes('idle'))
    expect(only(watcher.sources)).toMatchObject({ protocol, connected: true, allowCommands: false })
    expect(only(watcher.sources).name).toContain('kitchen')
    disconnect()
    await watcher.until(() => !only(watcher.sources).connected)
  })
})
