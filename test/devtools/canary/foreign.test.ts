import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createWebSocketInspector } from '@statelyai/inspect'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import WebSocket from 'ws'
import { createActor, createMachine, fromPromise } from 'xstate'
import { ROOT } from '../../helpers/repo'
import { Watcher } from '../inspector/setup'
import { inspectedProcess } from '../inspector/xstate-4'
import { createCanary } from './canary'
import { leaks } from './leaks'

/** Inside the repository, so that the dependencies are found. */
let folder: string
let script: string

beforeAll(async () => {
  await mkdir(join(ROOT, 'node_modules/.cache'), { recursive: true })
  folder = await mkdtemp(join(ROOT, 'node_modules/.cache/canary-'))
  script = join(folder, 'process.mjs')
  await build({
    entryPoints: [join(ROOT, 'test/devtools/canary/inspector-process.ts')],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['ws', 'rxjs', 'xstate', 'jose', 'valibot', 'sirv'],
    alias: { 'livekit-token-store': join(ROOT, 'src/index.ts') },
    nodePaths: [join(ROOT, 'devtools/node_modules')],
  })
})
afterAll(() => rm(folder, { recursive: true }))

async function message<Message>(child: ChildProcess): Promise<Message> {
  const [told] = await once(child, 'message')
  return told
}

/** An inspector elsewhere, somebody who watches it, and what its memory holds. */
async function elsewhere(...dial: string[]) {
  // Without it a snapshot has the beginnings of long strings alone.
  const child = fork(script, dial, { execArgv: ['--heap-snapshot-string-limit=1000000'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const { url } = await message<{ url: string }>(child)
  const watcher = await Watcher.at(url)
  return {
    url,
    watcher,
    async memory(): Promise<string> {
      child.send(join(folder, `${process.hrtime.bigint()}.heapsnapshot`))
      const { written } = await message<{ written: string }>(child)
      return readFile(written, 'utf8')
    },
  }
}

/** Where an app may have a token, by words that say so. */
function spoken({ last: { token, payload, signature } }: ReturnType<typeof createCanary>) {
  return {
    token,
    header: `Bearer ${token}`,
    lines: `claims:\n${payload}.${signature}`,
    tabs: `claims:\t${payload}`,
    control: `claims:\u0001${payload}`,
    address: `wss://rooms.example/?access_token=${token}&sdk=js`,
    encoded: encodeURIComponent(`{"claims":"${payload}"}`),
    text: JSON.stringify({ deep: JSON.stringify({ lines: `\n${payload}` }) }),
    list: [token, [token]],
    [token]: true,
    [`x${token}`]: { token },
  }
}

/** Of XState 5, wherever a machine has room for a text. */
function machine5(canary: ReturnType<typeof createCanary>, note: string) {
  // A key of a state has no full stop in it.
  const { token, payload } = canary.last
  const asked = fromPromise(async () => ({ jwt: token, more: spoken(canary) }))
  return createMachine({
    id: `checkout ${canary.last.payload}`,
    description: token,
    meta: spoken(canary),
    context: { note, ...spoken(canary) },
    initial: payload,
    output: spoken(canary),
    states: {
      [payload]: {
        description: `waits for ${token}`,
        tags: [token],
        meta: spoken(canary),
        on: { [token]: { target: 'asking', actions: token, guard: () => true, description: token } },
      },
      asking: { invoke: { id: payload, src: asked, input: spoken(canary), onDone: 'failing' } },
      failing: {
        invoke: {
          src: fromPromise(() => Promise.reject(new Error(token, { cause: token }))),
          onError: 'done',
        },
      },
      done: { type: 'final' },
    },
  })
}

describe('An app whose own machines are full of tokens', () => {
  const canary = createCanary()
  canary.issue({ now: 1_700_000_000_000 })
  const { token } = canary.last
  const secrets = [token, canary.last.payload, canary.last.signature]

  it('of XState 5 is seen without them, and the inspector keeps none', async () => {
    const { url, watcher, memory } = await elsewhere()
    const raw: string[] = []
    const note = canary.mark('note that may be seen, so that the search is seen to search')
    const { inspect, stop } = createWebSocketInspector({
      url: url.replace('http', 'ws'),
      serialize(event) {
        raw.push(JSON.stringify(event))
        return event
      },
    })
    onTestFinished(() => stop?.())
    const actor = createActor(machine5(canary, note), { inspect }).start()
    actor.send({ type: token, ...spoken(canary) })
    await watcher.until(() => watcher.texts.some((text) => /"value":"done"/.test(text)))
    const seen = watcher.texts.join('\n')
    expect(seen).toContain('[token]')
    expect(leaks(seen, secrets)).toEqual([])
    expect(leaks(raw.join('\n'), secrets)).not.toEqual([])
    await forgetTheLastFrame(url)
    const kept = await memory()
    expect(kept).toContain(note)
    expect(leaks(kept, secrets)).toEqual([])
  })

  it('of XState 4 is seen without them, and the inspector keeps none', async () => {
    const app = await inspectedProcess()
    const { url, watcher, memory } = await elsewhere(app.url)
    const note = canary.mark('another note that may be seen')
    const light = app.light(`light ${token}`, { note, ...spoken(canary) })
    await watcher.until(() => watcher.told().length > 0)
    light.send({ type: 'NEXT', ...spoken(canary) } as { type: string })
    light.send({ type: token })
    light.stop()
    await watcher.until(() => watcher.texts.some((text) => text.includes('service.stop')))
    const seen = watcher.texts.join('\n')
    expect(seen).toContain('[token]')
    expect(leaks(seen, secrets)).toEqual([])
    await forgetTheLastFrame(url)
    const kept = await memory()
    expect(kept).toContain(note)
    expect(leaks(kept, secrets)).toEqual([])
  })

  it('and what is no frame is neither kept nor sent on', async () => {
    const { url, watcher, memory } = await elsewhere()
    for (const begin of [
      '{"type":"@xstate.actor","_version":"1","token":"',
      '{"type":"service.state","state":"',
      '{"token":"',
      'no JSON ',
    ]) {
      const socket = new WebSocket(url.replace('http', 'ws'))
      await once(socket, 'open')
      socket.send(`${begin}${token}"}`)
      socket.send('no JSON')
      await once(socket, 'close')
    }
    await forgetTheLastFrame(url)
    expect(leaks(watcher.texts.join('\n'), secrets)).toEqual([])
    expect(leaks(await memory(), secrets)).toEqual([])
  })

  it('would be noticed in its memory: a signature by itself, which nobody can know from other words', async () => {
    const { url, watcher, memory } = await elsewhere()
    const { inspect, stop } = createWebSocketInspector({ url: url.replace('http', 'ws') })
    onTestFinished(() => stop?.())
    const { signature } = canary.last
    createActor(createMachine({ context: { signature } }), { inspect }).start()
    await watcher.until(() => watcher.texts.some((text) => text.includes(signature)))
    expect(leaks(watcher.texts.join('\n'), secrets)).not.toEqual([])
    expect(leaks(await memory(), secrets)).not.toEqual([])
  })
})

/** The engine remembers the text that a pattern was last found in (`RegExp.$_`), until it is found in another. */
async function forgetTheLastFrame(url: string): Promise<void> {
  const last = new WebSocket(url.replace('http', 'ws'))
  await once(last, 'open')
  last.send(
    JSON.stringify({
      type: '@xstate.event',
      _version: '1',
      sessionId: 'x',
      createdAt: '1',
      id: null,
      event: { type: 'eyJ0aGlzIGlzIG5vdGhpbmci' },
    }),
  )
  last.send('no JSON')
  await once(last, 'close')
}
