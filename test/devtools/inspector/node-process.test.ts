import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { canaries } from '../../helpers/printed'
import { ROOT } from '../../helpers/repo'
import { inspector, only, Watcher } from './setup'

/** Inside the repository, so that the dependencies are found. */
let folder: string
let script: string

beforeAll(async () => {
  await mkdir(join(ROOT, 'node_modules/.cache'), { recursive: true })
  folder = await mkdtemp(join(ROOT, 'node_modules/.cache/inspected-'))
  script = join(folder, 'process.mjs')
  await build({
    entryPoints: [join(ROOT, 'test/devtools/inspector/inspected-process.ts')],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['ws', 'rxjs', 'xstate', 'jose', 'valibot'],
    alias: { 'livekit-token-store': join(ROOT, 'src/index.ts') },
    nodePaths: [join(ROOT, 'devtools/node_modules')],
  })
})
afterAll(() => rm(folder, { recursive: true }))

interface Run {
  readonly child: ChildProcess
  readonly output: () => string
  /** The exit code. */
  readonly ended: Promise<number | null>
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, output: () => output, ended }
}

const states = (watcher: Watcher) =>
  watcher.told().flatMap(({ frame }) => ('to' in frame && frame.type === 'state' ? [frame.to] : []))

describe('A Node process that connects to the inspector', () => {
  it('is seen while it runs, takes a command, and has left when it is killed', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const { child, output } = run(url, 'stay')
    await watcher.until(() => states(watcher).at(-1) === 'valid')
    expect(only(watcher.sources)).toMatchObject({ name: 'worker', origin: null, allowCommands: true })
    const { source } = only(watcher.sources)
    watcher.say({ kind: 'command', id: 1, source, lifecycle: 'store-1/1', name: 'invalidate' })
    await watcher.until(() => states(watcher).at(-1) === 'idle')
    child.kill('SIGKILL')
    await watcher.until(() => !only(watcher.sources).connected)
    const [token = ''] = output().split('\n')
    expect(token).toMatch(/^ey/)
    for (const part of canaries(token)) expect(watcher.texts.join('\n')).not.toContain(part)
  })

  it('may end, and what it did last is seen', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const { ended, output } = run(url)
    expect([await ended, output()]).toEqual([0, expect.stringMatching(/^ey\S+\n$/)])
    await watcher.until(() => watcher.sources.length === 1 && !only(watcher.sources).connected)
    expect(states(watcher)).toEqual(['fetching', 'valid'])
  })

  it('may end where no inspector answers', async () => {
    const { url, close } = await inspector()
    await close()
    const { ended, output } = run(url)
    expect([await ended, output()]).toEqual([0, expect.stringMatching(/^ey\S+\n$/)])
  })

  it('may end where the inspector does not let it in', async () => {
    const { url } = await inspector()
    const { ended } = run(`${new URL(url).origin}/another-secret/`)
    expect(await ended).toBe(0)
  })
})
