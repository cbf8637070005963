import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Consumer, createConsumer, packBoth } from '../helpers/consumer'
import { ROOT, readText } from '../helpers/repo'

interface Manifest {
  readonly name: string
  readonly exports: Record<string, unknown>
  readonly files: readonly string[]
  readonly dependencies?: Record<string, string>
}

const manifests = ['package.json', 'devtools/package.json'].map(
  (path) => JSON.parse(readText(path)) as Manifest,
)
/** Every import path of both packages, as an app writes it. */
const entries = manifests.flatMap(({ name, exports }) =>
  Object.keys(exports)
    .filter((key) => key !== './package.json')
    .map((key) => join(name, key)),
)

let packed: ReturnType<typeof packBoth>
let app: Consumer
let withoutLiveKit: Consumer

beforeAll(() => {
  packed = packBoth()
  const needed = ['rxjs', 'xstate', 'jose', 'tslib', 'sirv', 'valibot', 'ws']
  app = createConsumer(packed.tarballs, [...needed, 'livekit-client'])
  withoutLiveKit = createConsumer(packed.tarballs, needed)
}, 240_000)

afterAll(() => {
  app?.remove()
  withoutLiveKit?.remove()
  if (packed) rmSync(packed.folder, { recursive: true, force: true })
})

const IMPORTS = {
  esm: (entry: string, name: string) => `import * as ${name} from '${entry}'\n`,
  cjs: (entry: string, name: string) => `const ${name} = require('${entry}')\n`,
}

describe.each(['esm', 'cjs'] as const)('The packages as packed, in an app of flavour %s', (flavour) => {
  it.each(entries)('%s loads and exports something', (entry) => {
    const names = app.run(
      flavour,
      `${IMPORTS[flavour](entry, 'entry')}console.log(JSON.stringify(Object.keys(entry)))`,
    )
    expect((names as string[]).filter((name) => name !== 'default')).not.toEqual([])
  })

  it('have one TokenError: what a store throws through /livekit is an instance of it', () => {
    const seen = app.run(
      flavour,
      `${IMPORTS[flavour]('livekit-token-store', 'root')}${IMPORTS[flavour]('livekit-token-store/livekit', 'livekit')}
      const store = root.createTokenStore({
        fetchToken: () => Promise.reject(Object.assign(new Error('no'), { status: 403 })),
      })
      livekit.toTokenSource(store).fetch({ roomName: 'A' }).catch((error) => {
        console.log(JSON.stringify({ same: error instanceof root.TokenError, code: error.code }))
      })`,
    )
    expect(seen).toEqual({ same: true, code: 'refused' })
  })

  it('give useSession what it asks for: an instance of this flavour’s TokenSourceConfigurable', () => {
    const seen = app.run(
      flavour,
      `${IMPORTS[flavour]('livekit-client', 'client')}${IMPORTS[flavour]('livekit-token-store', 'root')}${IMPORTS[flavour]('livekit-token-store/livekit', 'livekit')}
      const source = livekit.toTokenSource(root.createTokenStore({ fetchToken: () => new Promise(() => {}) }))
      console.log(JSON.stringify(source instanceof client.TokenSourceConfigurable))`,
    )
    expect(seen).toBe(true)
  })

  it.each(['livekit-token-store', 'livekit-token-store/machine'])(
    '%s loads in an app that has no livekit-client',
    (entry) => {
      const names = withoutLiveKit.run(
        flavour,
        `${IMPORTS[flavour](entry, 'entry')}console.log(JSON.stringify(Object.keys(entry)))`,
      )
      expect(names).not.toEqual([])
    },
  )

  it('say plainly what is missing when /livekit is loaded without livekit-client', () => {
    const load = () =>
      withoutLiveKit.run(
        flavour,
        `${IMPORTS[flavour]('livekit-token-store/livekit', 'entry')}console.log('1')`,
      )
    expect(load).toThrow(/livekit-client/)
  })
})

describe('A Node process with a store', () => {
  const TOKEN = `
    import { createTokenStore } from 'livekit-token-store'
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const seconds = Date.now() / 1000
    const participantToken = [part({ alg: 'HS256' }), part({ nbf: seconds, exp: seconds + 600 }), 'x'].join('.')
    const good = { serverUrl: 'wss://rooms.example', participantToken }\n`

  it('that keeps its tokens fresh for ever exits by itself', () => {
    const seen = app.run(
      'esm',
      `${TOKEN}
      const store = createTokenStore({ keepFresh: 'always', fetchToken: () => good })
      store.subscribe()
      await store.fetch()
      console.log(JSON.stringify(store.getSnapshot().status))`,
    )
    expect(seen).toBe('valid')
  })

  it('does not exit while it awaits a fetch over a retry', () => {
    const seen = app.run(
      'esm',
      `${TOKEN}
      const store = createTokenStore({
        retry: { baseMs: 50 },
        fetchToken: (request, { attempt }) => (attempt < 3 ? Promise.reject(new Error('no')) : good),
      })
      const { serverUrl } = await store.fetch()
      console.log(JSON.stringify(serverUrl))`,
    )
    expect(seen).toBe('wss://rooms.example')
  })
})

describe('npm start', () => {
  /** Only with what is built: both packages were packed above, so there is nothing left to build. */
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, ['scripts/start.mjs', ...args], { cwd: ROOT, stdio: 'pipe' })
    const exit = once(child, 'exit') as Promise<[code: number | null]>
    let said = ''
    child.stdout.on('data', (data) => {
      said += data
    })
    return { child, exit, said: () => said }
  }

  it('says what it starts, passes its flags on, and ends with a signal, in peace', async () => {
    const { child, exit, said } = start('--no-open', '--ttl', '30')
    await vi.waitFor(() => expect(said()).toContain('demo http://127.0.0.1:'), { timeout: 60_000 })
    expect(said()).toContain('Starting livekit-token-devtools dev --no-open --ttl 30')
    const [, endpoint = ''] = /^endpoint (\S+)$/m.exec(said()) ?? []
    const answer = await fetch(endpoint, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    })
    const { participant_token: token } = (await answer.json()) as { participant_token: string }
    const { exp = 0, nbf = 0 } = decodeJwt(token)
    expect(exp - nbf).toBe(30)
    child.kill('SIGTERM')
    expect(await exit).toEqual([0, null])
    await expect(fetch(endpoint)).rejects.toThrow()
  }, 120_000)

  it('ends with the code that the command ends with', async () => {
    const { exit } = start('--port', 'none')
    expect(await exit).toEqual([2, null])
  }, 120_000)
})

describe('An adapter of one flavour', () => {
  it('opens a store of the other', () => {
    const seen = app.run(
      'esm',
      `import { createRequire } from 'node:module'
      import { createTokenStore } from 'livekit-token-store'
      const { toTokenSource } = createRequire(import.meta.url)('livekit-token-store/livekit')
      const source = toTokenSource(createTokenStore({ fetchToken: () => new Promise(() => {}) }))
      console.log(JSON.stringify(source.getCachedResponseJwtPayload()))`,
    )
    expect(seen).toBe(null)
  })
})

describe('What is packed', () => {
  it.each(manifests)(
    'of $name is its built files and their types, its licence and its readme',
    ({ name }) => {
      const folder = join(app.modules, name)
      expect(readdirSync(folder).sort()).toEqual(
        expect.arrayContaining(['LICENSE', 'README.md', 'dist', 'package.json']),
      )
      expect(readdirSync(folder)).not.toContain('src')
    },
  )

  it.each(entries)('has the files that %s names, in both flavours, with types', (entry) => {
    const [name = '', ...rest] = entry.split('/')
    const manifest = JSON.parse(readFileSync(join(app.modules, name, 'package.json'), 'utf8')) as Manifest
    const key = rest.length > 0 ? `./${rest.join('/')}` : '.'
    const paths = JSON.stringify(manifest.exports[key]).match(/\.\/dist\/[^"]+/g) ?? []
    expect(paths.length).toBeGreaterThanOrEqual(4)
    for (const path of paths) expect(existsSync(join(app.modules, name, path))).toBe(true)
  })

  it.each(entries)('includes %s, which the readme names', (entry) => {
    const readme = entry.startsWith('livekit-token-devtools') ? 'devtools/README.md' : 'README.md'
    expect(readText(readme)).toContain(entry)
  })
})
