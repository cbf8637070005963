import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Consumer, createConsumer, packBoth } from '../helpers/consumer'

let packed: ReturnType<typeof packBoth>
let app: Consumer

beforeAll(() => {
  packed = packBoth()
  app = createConsumer(packed.tarballs, ['rxjs', 'xstate', 'jose', 'tslib', 'valibot', 'livekit-client'])
}, 240_000)

afterAll(() => {
  app?.remove()
  if (packed) rmSync(packed.folder, { recursive: true, force: true })
})

interface Chunk {
  readonly text: string
  /** The files that it is made of. */
  readonly inputs: readonly string[]
  /** Minified and gzipped. */
  readonly bytes: number
  /** The chunks that are loaded with it; not the lazy ones. */
  readonly imports: readonly string[]
  readonly path: string
}

/** What an app's bundler makes of that entry, for production unless told. */
async function bundle(
  contents: string,
  mode = 'production',
): Promise<{ entry: Chunk; all: readonly Chunk[]; warnings: readonly string[] }> {
  const { outputFiles, metafile, warnings } = await build({
    stdin: { contents, resolveDir: dirname(app.modules), loader: 'ts' },
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const all = Object.entries(metafile.outputs).map(([path, { inputs, imports }]) => {
    const text = outputFiles.find((file) => file.path.endsWith(path))?.text ?? ''
    const bytes = gzipSync(text, { level: 9 }).length
    const eager = imports.filter(({ kind }) => kind === 'import-statement')
    return { path, text, inputs: Object.keys(inputs), bytes, imports: eager.map((one) => one.path) }
  })
  const entry = all[Object.values(metafile.outputs).findIndex(({ entryPoint }) => entryPoint === '<stdin>')]
  if (!entry) throw new Error('The bundle has no entry.')
  return { entry, all, warnings: warnings.map(({ text }) => text) }
}

/** That chunk, and what is loaded before it runs. */
const loadedWith = (chunk: Chunk, all: readonly Chunk[]): readonly Chunk[] => [
  ...new Set([
    chunk,
    ...all.filter(({ path }) => chunk.imports.includes(path)).flatMap((one) => loadedWith(one, all)),
  ]),
]

const sum = (chunks: readonly Chunk[]) => chunks.reduce((bytes, chunk) => bytes + chunk.bytes, 0)

const STORE = `
  import { createTokenStore } from 'livekit-token-store'
  import { fromEndpoint, toTokenSource, connectRoom } from 'livekit-token-store/livekit'
  const store = createTokenStore({ fetchToken: fromEndpoint('/api/token') })
  Object.assign(globalThis, { store, source: toTokenSource(store), connectRoom })`

/** As docs/devtools.md mounts it. */
const MOUNTED = `${STORE}
  if (process.env.NODE_ENV !== 'production') {
    const { createRecorder, mountPanel } = await import('livekit-token-devtools')
    const recorder = createRecorder()
    recorder.attach(store)
    mountPanel(recorder)
  }`

const isDevtools = (input: string) => input.includes('livekit-token-devtools')
const PANEL = /customElements\.define/

describe('An app’s production bundle', () => {
  it('has nothing of the devtools when it does not import them', async () => {
    const { all } = await bundle(STORE)
    expect(all.flatMap(({ inputs }) => inputs).filter(isDevtools)).toEqual([])
    expect(all.map(({ text }) => text).join()).not.toMatch(/token-devtools|livekit-token-session/)
  })

  it('has nothing of them when they are mounted for development only', async () => {
    const { all } = await bundle(MOUNTED)
    expect(all.flatMap(({ inputs }) => inputs).filter(isDevtools)).toEqual([])
  })

  it('has them in chunks of their own in development: the app’s own chunk has none, the panel is lazy', async () => {
    const { entry, all } = await bundle(MOUNTED, 'development')
    expect(entry.inputs.filter(isDevtools)).toEqual([])
    expect(all.some(({ inputs }) => inputs.some(isDevtools))).toBe(true)
    const recording = all.find(({ text }) => text.includes('livekit-token-session'))
    expect(recording?.text).not.toMatch(PANEL)
    expect(all.filter(({ text }) => PANEL.test(text))).toHaveLength(1)
  })

  it('has a panel of 12 kB at most, the chart that it opens with included, and as much at most for all other panes', async () => {
    const { entry, all } = await bundle("export { createRecorder, mountPanel } from 'livekit-token-devtools'")
    // A panel needs a recorder: what that has, RxJS too, the app has already.
    const own = (chunk: Chunk) =>
      loadedWith(chunk, all).filter(
        (one) => !loadedWith(entry, all).includes(one) && one.inputs.some(isDevtools),
      )
    const panel = own(
      all.find(({ inputs }) => inputs.some((input) => /\/token-devtools-[^/]*\.js$/.test(input)))!,
    )
    expect(panel.map(({ text }) => text).join()).toMatch(PANEL)
    expect(panel.map(({ text }) => text).join()).toContain('Statechart')
    expect(sum(panel)).toBeGreaterThan(5_000)
    expect(sum(panel)).toBeLessThanOrEqual(12_000)
    const more = own(all.find(({ inputs }) => inputs.some((input) => /\/more-[^/]*\.js$/.test(input)))!)
    const later = more.filter((chunk) => !panel.includes(chunk))
    expect(sum(later)).toBeGreaterThan(5_000)
    expect(sum(later)).toBeLessThanOrEqual(12_000)
    expect(entry.text).not.toMatch(PANEL)
  })

  it('has, where it records anyway, 1 kB more at most for the button that opens the panel', async () => {
    const bytesOf = async (names: string) => {
      const { entry, all } = await bundle(`export { ${names} } from 'livekit-token-devtools'`)
      return sum(loadedWith(entry, all))
    }
    const [button, recorder] = [await bytesOf('mountPanel, createRecorder'), await bytesOf('createRecorder')]
    expect(button - recorder).toBeGreaterThan(500)
    expect(button - recorder).toBeLessThanOrEqual(1_024)
  })

  it('has of the devtools what it uses, and its bundler nothing to warn of', async () => {
    const { entry, warnings } = await bundle("export { connectConsole } from 'livekit-token-devtools'")
    expect(warnings).toEqual([])
    expect(entry.text).toContain('console')
    expect(entry.text).not.toMatch(/livekit-token-session|__REDUX_DEVTOOLS|attachShadow/)
  })

  it('of an app that records, for its tickets, has no panel and no XState 4', async () => {
    const { entry } = await bundle(`${STORE}
      import { createRecorder } from 'livekit-token-devtools'
      const recorder = createRecorder()
      recorder.attach(store)
      Object.assign(globalThis, { save: () => recorder.export() })`)
    expect(entry.text).toContain('livekit-token-session')
    expect(entry.text).not.toMatch(PANEL)
    expect(entry.text).not.toMatch(/xstate\.inspecting|REDUX_DEVTOOLS/)
  })

  it('has no WebSocket of Node’s in it, which no browser needs and React Native cannot bundle', async () => {
    const { all } = await bundle(`
      import * as devtools from 'livekit-token-devtools'
      import { connectXStateInspect } from 'livekit-token-devtools/xstate-inspect'
      Object.assign(globalThis, { devtools, connectXStateInspect })`)
    const inputs = all.flatMap((chunk) => chunk.inputs)
    expect(inputs.some(isDevtools)).toBe(true)
    expect(inputs.filter((input) => /^(?!\(disabled\)).*node_modules\/ws\//.test(input))).toEqual([])
  })

  it('has XState 4 in the one entry that needs it', async () => {
    const { entry } = await bundle(`${STORE}
      import { connectXStateInspect } from 'livekit-token-devtools/xstate-inspect'
      Object.assign(globalThis, { connectXStateInspect })`)
    expect(entry.inputs.some((input) => input.includes('dist/xstate-inspect/'))).toBe(true)
    expect(entry.inputs.filter((input) => /node_modules\/@xstate/.test(input))).toEqual([])
  })
})
