import {
  connectConsole,
  connectInspector,
  connectReduxDevtools,
  createRecorder,
} from 'livekit-token-devtools'
import { connectInspector as connectInspectorOfNode } from 'livekit-token-devtools/node'
import { connectXStateInspect } from 'livekit-token-devtools/xstate-inspect'
import { expect, it, vi } from 'vitest'
import { connectStatelyInspect } from '../../../devtools/src/bridges/stately-inspect'
import { inspector, Watcher } from '../inspector/setup'
import { canaryStory, untilTheEnd } from './setup'
import { SOON } from './sockets'

it.each([
  ['xstate-5', connectStatelyInspect, ['@xstate.actor', '@xstate.event', '@xstate.snapshot']],
  ['xstate-4', connectXStateInspect, ['service.register', 'service.event', 'service.state']],
] as const)(
  'Our own inspector hears an app that speaks %s, without a token',
  async (_protocol, connect, types) => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const { recorder, scene, live, secrets } = canaryStory()
    untilTheEnd(connect(recorder, { url: url.replace(/^http/, 'ws'), origin: new URL(url).origin }))
    await scene.store.fetch()
    await vi.waitFor(() => expect(watcher.texts.join('\n')).toContain(types[0]), SOON)
    await live()
    await vi.waitFor(() => expect(watcher.texts.join('\n')).toContain('disposed'), SOON)
    expect(watcher.texts.join('\n')).toContain('tokens/1')
    const everything = watcher.texts.join('\n')
    for (const type of types) expect(everything).toContain(type)
    for (const secret of secrets) expect(everything.includes(secret)).toBe(false)
  },
)

it.each([
  ['"recorder"', () => connectInspectorOfNode(undefined as never, { url: 'http://127.0.0.1:1/s/' })],
  ['"recorder"', () => connectInspector({} as never, { url: 'http://127.0.0.1:1/s/' })],
  ['"options"', () => connectInspectorOfNode(createRecorder(), undefined as never)],
  ['"options"', () => connectInspector(createRecorder(), null as never)],
  ['"options"', () => connectConsole(createRecorder(), null as never)],
  ['"options"', () => connectReduxDevtools(createRecorder(), null as never)],
  ['"url"', () => connectInspectorOfNode(createRecorder(), { url: 'http://[zz]/s/' })],
])('A bridge that is given the wrong %s says so', (name, connect) => {
  expect(connect).toThrow(TypeError)
  expect(connect).toThrow(new RegExp(`^${name} must be`))
})
