import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import type {
  connectInspector,
  connectStatelyInspect,
  Recorder,
  RecorderOptions,
} from 'livekit-token-devtools'
import type { TokenStore, TokenStoreOptions } from 'livekit-token-store'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { inspector, only, Watcher } from '../devtools/inspector/setup'
import { ROOT } from '../helpers/repo'
import { signToken } from '../helpers/tokens'
import { bundleOf } from './bundle'
import { reactNative } from './react-native'

const ENTRIES = {
  'livekit-token-devtools': join(ROOT, 'devtools/src/index.ts'),
  'livekit-token-devtools/xstate-inspect': join(ROOT, 'devtools/src/bridges/xstate-inspect/index.ts'),
}

/** As Metro takes a package: by that condition and the package's own `browser` field. */
const METRO: BuildOptions = {
  platform: 'browser',
  mainFields: ['react-native', 'browser', 'module', 'main'],
  conditions: ['react-native', 'import'],
}

interface Devtools {
  give(name: string, value: unknown): void
  createTokenStore(options: TokenStoreOptions): TokenStore
  createRecorder(options?: RecorderOptions): Recorder
  connectInspector: typeof connectInspector
  connectStatelyInspect: typeof connectStatelyInspect
}

describe.each(Object.entries(ENTRIES))('What React Native loads of %s', (_name, entry) => {
  it('has no WebSocket of Node’s and nothing else of Node in it', async () => {
    // What cannot be found, as a module of Node's, is an error.
    const { metafile } = await build({
      ...METRO,
      entryPoints: [entry],
      bundle: true,
      metafile: true,
      write: false,
      format: 'esm',
      splitting: true,
      outdir: '/bundle',
      logLevel: 'silent',
      alias: { 'livekit-token-store': join(ROOT, 'src/index.ts') },
    })
    const inputs = Object.keys(metafile.inputs).filter((path) => !path.startsWith('(disabled):'))
    expect(inputs.some((path) => path.startsWith('devtools/src/bridges/'))).toBe(true)
    expect(inputs.filter((path) => /node_modules\/ws\//.test(path))).toEqual([])
    const left = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external).map(({ path }) => path),
    )
    expect(
      left.filter((path) => path === 'ws' || builtinModules.includes(path.replace('node:', ''))),
    ).toEqual([])
    expect(left).toEqual([])
  })
})

describe('In React Native', () => {
  let devtools: string
  beforeAll(async () => {
    devtools = await bundleOf(
      `export { createTokenStore } from 'livekit-token-store'
      export { connectInspector, connectStatelyInspect, createRecorder } from 'livekit-token-devtools'
      export const give = (name, value) => void (globalThis[name] = value)`,
      {
        ...METRO,
        target: 'es2017',
        treeShaking: false,
        ignoreAnnotations: true,
        alias: { 'livekit-token-store': join(ROOT, 'src/index.ts'), ...ENTRIES },
      },
    )
  }, 60_000)

  function load(version: '0.76' | '0.86') {
    const native = reactNative(version)
    native.importLiveKit()
    const loaded = native.load<Devtools>(devtools)
    // It has these two besides what a store needs.
    loaded.give('WebSocket', WebSocket)
    loaded.give('performance', { now: () => performance.now() })
    const recorder = loaded.createRecorder()
    const participantToken = signToken({ issuedAt: Date.now() })
    const store = loaded.createTokenStore({
      fetchToken: () => ({ serverUrl: 'wss://rooms.example', participantToken }),
    })
    onTestFinished(() => store.dispose())
    recorder.attach(store)
    return { ...native, ...loaded, recorder, store }
  }

  it.each(['0.76', '0.86'] as const)(
    '%s the recorder and connectInspector need no more than a WebSocket',
    async (version) => {
      const { url } = await inspector()
      const watcher = await Watcher.at(url)
      const { connectInspector, recorder, store } = load(version)
      // Its URL takes any text.
      for (const wrong of ['http://127.0.0.1:99999/s/', 'http://[zz]/s/', '127.0.0.1/s/'])
        expect(() => connectInspector(recorder, { url: wrong })).toThrow(/^"url" must be/)
      onTestFinished(connectInspector(recorder, { url }))
      await store.fetch()
      await watcher.until(() => JSON.stringify(watcher.told()).includes('"valid"'))
      expect(only(watcher.sources)).toMatchObject({ connected: true, protocol: 'livekit-token' })
    },
  )

  it('0.86 a bridge reaches an inspector over its WebSocket, and says that there is no page', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const { connectStatelyInspect, recorder, store, registerGlobals } = load('0.86')
    const { origin } = new URL(url)
    expect(() => connectStatelyInspect(recorder, { url, origin })).toThrow(/^"url" must be a ws: or wss: URL/)
    expect(() => connectStatelyInspect(recorder, { url: 'nonsense', origin })).toThrow(/^"url" must be/)
    registerGlobals()
    onTestFinished(connectStatelyInspect(recorder, { url: url.replace('http', 'ws'), origin }))
    await store.fetch()
    await watcher.until(() => JSON.stringify(watcher.told()).includes('valid'))
    expect(only(watcher.sources)).toMatchObject({ connected: true, protocol: 'xstate-5' })
  })
})
