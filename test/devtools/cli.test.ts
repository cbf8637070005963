import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { decodeJwt } from 'jose'
import { RoomServiceClient, TokenVerifier } from 'livekit-server-sdk'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { wantsBrowser } from '../../devtools/src/cli/wants-browser'
import { FAULT_NAMES } from '../../devtools/src/endpoint/faults'
import { freeTcpPort } from '../../devtools/src/livekit-server/free-port'
import { findLiveKit } from '../../scripts/setup-livekit.mjs'
import { livekitMissing } from '../helpers/livekit-server'
import { ask, type Reply, tokenOf } from './ask'

const root = fileURLToPath(new URL('../../', import.meta.url))
const manifest = join(root, 'devtools/package.json')

/** A package folder of the test's own, inside the repository so that the dependencies are found. */
let folder: string
let cli: string
const children: ChildProcess[] = []

beforeAll(async () => {
  await mkdir(join(root, 'node_modules/.cache'), { recursive: true })
  folder = await mkdtemp(join(root, 'node_modules/.cache/cli-test-'))
  cli = join(folder, 'dist/cli.js')
  await build({
    entryPoints: [join(root, 'devtools/src/cli.ts')],
    outfile: cli,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
  })
  await copyFile(manifest, join(folder, 'package.json'))
})

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
  await rm(join(folder, 'dist/demo'), { recursive: true, force: true })
})
afterAll(() => rm(folder, { recursive: true }))

interface Run {
  child: ChildProcess
  lines: string[]
  errors: () => string
  /** The value of the line that begins with this word. */
  line(word: string): Promise<string>
  ended: Promise<{ code: number | null; signal: string | null }>
}

/** Where the LiveKit server of this machine would be looked for. */
const NO_LIVEKIT = { LIVEKIT_URL: '', LIVEKIT_SERVER: '' }

/** Without a LiveKit server, unless the test names one or has an environment of its own to find one in. */
function run(args: string[], env?: Record<string, string>): Run {
  const isPlain = args[0] === 'dev' && !args.includes('--livekit') && env === undefined
  const child = spawn(process.execPath, [cli, ...args, ...(isPlain ? ['--livekit', 'off'] : [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...NO_LIVEKIT, ...env },
  })
  children.push(child)
  const lines: string[] = []
  let errors = ''
  const read = createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line))
  child.stderr!.on('data', (chunk) => {
    errors += chunk
  })
  const ended = new Promise<Awaited<Run['ended']>>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
  const find = (word: string) => lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1)
  const line = (word: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = find(word)
        if (found !== undefined) resolve(found)
      }
      read.on('line', look)
      ended.then(() => reject(new Error(`ended without the line "${word}": ${errors}`)))
      look()
    })
  return { child, lines, errors: () => errors, line, ended }
}

async function finished(args: string[], env?: Record<string, string>) {
  const running = run(args, env)
  const { code } = await running.ended
  return { code, output: running.lines.join('\n'), errors: running.errors() }
}

const placeDemo = async () => {
  await mkdir(join(folder, 'dist/demo'), { recursive: true })
  await writeFile(join(folder, 'dist/demo/index.html'), '<!doctype html><title>Demo</title>')
}

describe('dev', () => {
  it('starts an endpoint, prints its URL as the one line, and its tokens verify', async () => {
    const running = run(['dev'])
    const url = await running.line('endpoint')
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//)
    const claims = await new TokenVerifier('devkey', 'secret').verify(tokenOf(await ask(url)))
    expect(claims.exp! - claims.nbf!).toBe(900)
    running.child.kill('SIGTERM')
    await running.ended
    expect(running.lines).toEqual([`endpoint ${url}`])
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with code 0, though a request hangs', async (name) => {
    const running = run(['dev', '--hang'])
    const cut = expect(ask(await running.line('endpoint'))).rejects.toThrow()
    const url = await running.line('endpoint')
    expect((await ask(`${url}?hang=0`)).status).toBe(201)
    running.child.kill(name)
    expect(await running.ended).toEqual({ code: 0, signal: null })
    await cut
    expect(running.errors()).toBe('')
    await expect(ask(url)).rejects.toThrow()
  })

  it.each([0.2, 0.5, 1, 2])('ends with code 0 when npm sends the signal again, %d ms later', async (gap) => {
    const running = run(['dev'])
    await running.line('endpoint')
    running.child.kill('SIGINT')
    const first = performance.now()
    // A timer would be too coarse: the second signal has to come while the first one is being obeyed.
    while (performance.now() - first < gap);
    running.child.kill('SIGINT')
    expect(await running.ended).toEqual({ code: 0, signal: null })
  })

  it('takes the port, the server’s URL and the key from flags', async () => {
    const free = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => free.once('listening', resolve))
    const { port } = free.address() as { port: number }
    await new Promise((resolve) => free.close(resolve))
    const flags = [
      '--port',
      `${port}`,
      '--server-url',
      'wss://r.example',
      '--api-key',
      'k',
      '--api-secret',
      's',
    ]
    const url = await run(['dev', ...flags]).line('endpoint')
    expect(new URL(url).port).toBe(String(port))
    const reply = await ask(url)
    expect(reply.json().server_url).toBe('wss://r.example')
    expect((await new TokenVerifier('k', 's').verify(tokenOf(reply))).iss).toBe('k')
  })

  it('says that a port is taken, and ends with code 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const { code, output, errors } = await finished(['dev', '--port', String(port)])
    await new Promise((resolve) => taken.close(resolve))
    expect(code).toBe(1)
    expect(output).toBe('')
    expect(errors).toContain(`port ${port} is taken`)
    expect(errors).not.toContain('    at ')
  })
})

const now = () => Date.now() / 1000
const lifetimeOf = (reply: Reply) => {
  const { nbf = 0, exp = 0 } = decodeJwt(tokenOf(reply))
  return exp - nbf
}

const byFlag: [flags: string[], check: (reply: Reply) => void][] = [
  [['--failure', '1'], (reply) => expect(reply.status).toBe(503)],
  [['--status', '401'], (reply) => expect(reply.status).toBe(401)],
  [
    ['--status=429', '--retryAfter=20'],
    (reply) => {
      expect(reply.status).toBe(429)
      expect(reply.headers['retry-after']).toBe('20')
    },
  ],
  [['--status', '503', '--retry-after', '9'], (reply) => expect(reply.headers['retry-after']).toBe('9')],
  [['--ttl', '30'], (reply) => expect(lifetimeOf(reply)).toBe(30)],
  [
    ['--skew', '3600'],
    (reply) => {
      expect(decodeJwt(tokenOf(reply)).nbf! - now()).toBeGreaterThan(3500)
      expect(Date.parse(String(reply.headers.date)) / 1000 - now()).toBeGreaterThan(3500)
    },
  ],
  [['--skew=-3600'], (reply) => expect(decodeJwt(tokenOf(reply)).nbf! - now()).toBeLessThan(-3500)],
  [['--body', 'html'], (reply) => expect(reply.text).toMatch(/^<!doctype html>/)],
  [['--body', 'empty'], (reply) => expect(reply.text).toBe('')],
  [['--body', 'notjwt'], (reply) => expect(() => decodeJwt(tokenOf(reply))).toThrow()],
  [['--expired'], (reply) => expect(decodeJwt(tokenOf(reply)).exp).toBeLessThan(now() - 100)],
]

describe('a fault by flag', () => {
  it.each(byFlag)('%j strikes every request, and a query wins', async (flags, check) => {
    const url = await run(['dev', ...flags]).line('endpoint')
    check(await ask(url))
    check(await ask(url))
    const healthy = await ask(`${url}?failure=0&status=201&ttl=900&skew=0&body=json&expired=false`)
    expect(healthy.status).toBe(201)
    expect(lifetimeOf(healthy)).toBe(900)
  })

  it('--latency makes each answer late', async () => {
    const url = await run(['dev', '--latency', '60']).line('endpoint')
    const before = performance.now()
    expect((await ask(url)).status).toBe(201)
    // A millisecond less, for a timer that rounds down.
    expect(performance.now() - before).toBeGreaterThanOrEqual(59)
  })

  it('--latency of a minute is none for a request whose query says so', async () => {
    const running = run(['dev', '--latency', '60000'])
    const url = await running.line('endpoint')
    let answered = false
    const late = ask(url).finally(() => {
      answered = true
    })
    const cut = expect(late).rejects.toThrow()
    for (let i = 0; i < 5; i += 1) expect((await ask(`${url}?latency=0`)).status).toBe(201)
    expect(answered).toBe(false)
    running.child.kill('SIGINT')
    await cut
  })
})

describe('a wrong command line', () => {
  it.each([
    [['dev', '--prot', '1'], "Unknown option '--prot'"],
    [['dev', '--port', 'x'], '--port must be a whole number from 0 to 65535'],
    [['dev', '--port', '65536'], '--port must be'],
    [['dev', '--port'], '--port'],
    [['dev', '--latency', '-5'], '--latency'],
    [['dev', '--latency=-5'], '--latency must be a whole number of milliseconds from 0 to 60000'],
    [['dev', '--latency', ''], '--latency must be'],
    [['dev', '--failure', '2'], '--failure must be a number from 0 to 1'],
    [['dev', '--status', '99'], '--status must be a whole number from 200 to 599'],
    [['dev', '--retryAfter', 'x'], '--retryAfter must be'],
    [['dev', '--ttl', '0'], '--ttl must be'],
    [['dev', '--skew', 'x'], '--skew must be'],
    [['dev', '--body', 'xml'], '--body must be one of json, html, empty, notjwt'],
    [['dev', '--hang=1'], "'--hang' does not take an argument"],
    [['dev', '--server-url', 'rooms'], '--server-url must be'],
    [['dev', '--api-key', ''], '--api-key must be'],
    [['dev', '--open', '--no-open'], 'exclude each other'],
    [['dev', '--livekit', ''], "--livekit must be a URL, a path or 'off'"],
    [['dev', '--livekit', '/no/such/server'], '--livekit names no file: /no/such/server'],
    [['dev', '--livekit', 'ws://a', '--server-url', 'ws://b'], 'give one'],
    [['dev', 'more'], "not 'more'"],
    [['serve'], "unknown command 'serve'"],
    [[], 'a command is missing'],
  ])('%j ends with code 2, says why, and points to --help', async (args, message) => {
    const { code, output, errors } = await finished(args)
    expect(code).toBe(2)
    expect(output).toBe('')
    expect(errors).toContain(message)
    expect(errors).toContain('livekit-token-devtools --help')
    expect(errors.trim().split('\n')).toHaveLength(2)
  })
})

describe('--help', () => {
  it.each([['--help'], ['-h'], ['dev', '--help']])(
    '%s explains every fault with an example',
    async (...args) => {
      const { code, output, errors } = await finished(args)
      expect([code, errors]).toEqual([0, ''])
      for (const name of FAULT_NAMES) expect(output).toMatch(new RegExp(`^ {2}--${name}\\b.{10}`, 'm'))
      for (const name of FAULT_NAMES) expect(output).toMatch(new RegExp(`^ {24}.*--${name}\\b`, 'm'))
      for (const flag of ['--port', '--livekit', '--server-url', '--api-key', '--open', '--version']) {
        expect(output).toContain(flag)
      }
      expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(115)
    },
  )

  it('has a curl example that works as it is written', async () => {
    const { output } = await finished(['--help'])
    const [, flags, port, query, body] =
      /dev (--port (\d+) .*)\n.*?\?(\S+)'.*\n.*\n +-d '(.*)'/.exec(output) ?? []
    expect(port).toBe('8787')
    const url = await run(['dev', ...flags!.replace('8787', '0').split(' ')]).line('endpoint')
    const reply = await ask(`${url}?${query}`, { body: body! })
    expect(decodeJwt(tokenOf(reply))).toMatchObject({ sub: 'ada', video: { room: 'kitchen' } })
    expect(lifetimeOf(reply)).toBe(60)
  })
})

it('--version prints the version of the package', async () => {
  const { version } = JSON.parse(await readFile(manifest, 'utf8'))
  expect(await finished(['--version'])).toEqual({ code: 0, output: version, errors: '' })
})

describe('the demo', () => {
  it('is served where it has been built, and told where the endpoint is', async () => {
    await placeDemo()
    const running = run(['dev'])
    const demo = await running.line('demo')
    const endpoint = await running.line('endpoint')
    expect((await ask(demo, { method: 'GET' })).text).toContain('<title>Demo</title>')
    expect((await ask(`${demo}config.json`, { method: 'GET' })).json()).toEqual({
      endpoint,
      livekit: null,
      inspector: null,
    })
    expect(running.lines).toEqual([`endpoint ${endpoint}`, `demo ${demo}`])
    running.child.kill('SIGINT')
    expect(await running.ended).toEqual({ code: 0, signal: null })
    await expect(ask(demo, { method: 'GET' })).rejects.toThrow()
  })

  it.skipIf(process.platform === 'win32')('opens in a browser when asked, and not else', async () => {
    await placeDemo()
    const bin = join(folder, 'bin')
    const opened = join(folder, 'opened')
    await mkdir(bin)
    for (const name of ['xdg-open', 'open']) {
      await writeFile(join(bin, name), `#!/bin/sh\necho "$1" >> "${opened}"\n`)
      await chmod(join(bin, name), 0o755)
    }
    const env = { PATH: `${bin}${delimiter}${process.env.PATH}`, CI: '' }
    for (const flags of [[], ['--no-open']]) {
      const quiet = run(['dev', '--livekit', 'off', ...flags], env)
      await quiet.line('demo')
      quiet.child.kill('SIGINT')
      await quiet.ended
    }
    const running = run(['dev', '--livekit', 'off', '--open'], env)
    const demo = await running.line('demo')
    await vi.waitFor(async () => expect(await readFile(opened, 'utf8')).toBe(`${demo}\n`), { timeout: 5000 })
  })

  it('goes on without a browser where there is none to open', async () => {
    await placeDemo()
    const running = run(['dev', '--livekit', 'off', '--open'], { PATH: '' })
    await running.line('demo')
    expect((await ask(await running.line('endpoint'))).status).toBe(201)
    expect(running.errors()).toBe('')
  })
})

describe('the inspector', () => {
  const placeInspector = async () => {
    await mkdir(join(folder, 'dist/inspector'), { recursive: true })
    await writeFile(join(folder, 'dist/inspector/index.html'), '<!doctype html><title>Inspector</title>')
  }
  afterEach(() => rm(join(folder, 'dist/inspector'), { recursive: true, force: true }))

  it('is served where its page has been built, and the demo is told where and let in', async () => {
    await Promise.all([placeDemo(), placeInspector()])
    const running = run(['dev'])
    const [demo, inspector] = await Promise.all([running.line('demo'), running.line('inspector')])
    expect(inspector).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{16,}\/$/)
    expect((await ask(inspector, { method: 'GET' })).text).toContain('<title>Inspector</title>')
    expect((await ask(`${demo}config.json`, { method: 'GET' })).json()).toMatchObject({ inspector })
    const connect = (origin: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(inspector.replace('http:', 'ws:'), { origin })
        socket.on('open', () => resolve('open')).on('error', ({ message }) => resolve(message))
        onTestFinished(() => socket.terminate())
      })
    expect(await connect(new URL(demo).origin)).toBe('open')
    expect(await connect('https://evil.example')).toContain('403')
    running.child.kill('SIGINT')
    expect(await running.ended).toEqual({ code: 0, signal: null })
    expect(running.errors()).toBe('')
  })

  it('takes its port and further origins from flags, and says what is wrong with them', async () => {
    await placeInspector()
    const port = await freeTcpPort()
    const flags = ['--inspector-port', String(port), '--allow-origin', 'http://localhost:5173']
    const running = run(['dev', ...flags])
    expect(await running.line('inspector')).toContain(`http://127.0.0.1:${port}/`)
    const taken = await finished(['dev', ...flags])
    expect(taken).toMatchObject({ code: 1 })
    expect(taken.errors).toContain(`port ${port} is taken; give another --inspector-port`)
    for (const wrong of [
      ['--allow-origin', '*'],
      ['--dial', 'ws://far.example'],
      ['--inspector-port', 'none'],
      ['--inspector-secret', 'short'],
    ]) {
      // Where there is no LiveKit server that is told too, but not before what is wrong.
      const { code, errors, output } = await finished(['dev', ...wrong], { PATH: '' })
      expect({ wrong, code, output }).toEqual({ wrong, code: 2, output: '' })
      expect(errors).toMatch(new RegExp(`^livekit-token-devtools: ${wrong[0]} must be (?!a list)`))
      expect(errors.split('\n')).toHaveLength(3)
    }
  })

  it('takes its secret from a flag, so that its URL is the same after a restart', async () => {
    await placeInspector()
    const secret = 'a-secret-of-my-own-that-stays'
    const flags = ['--inspector-port', String(await freeTcpPort()), '--inspector-secret', secret]
    const urls: string[] = []
    for (let start = 0; start < 2; start += 1) {
      const running = run(['dev', ...flags])
      urls.push(await running.line('inspector'))
      running.child.kill('SIGTERM')
      await running.ended
    }
    expect(urls).toEqual([`http://127.0.0.1:${flags[1]}/${secret}/`, urls[0]])
  })

  it.skipIf(process.platform === 'win32')('is refused wrong flags before anything is started', async () => {
    const started = join(folder, 'started')
    const server = join(folder, 'server-that-tells')
    await writeFile(server, `#!/bin/sh\ntouch "${started}"\n`)
    await chmod(server, 0o755)
    for (const wrong of [
      ['--allow-origin', 'http://localhost:5173', '--allow-origin', 'http://localhost:5174/'],
      ['--dial', 'ws://far.example'],
      ['--inspector-secret', 'short'],
      ['--inspector-port', '65536'],
      ['--port', '65536'],
    ]) {
      const { code, output } = await finished(['dev', '--livekit', server, ...wrong])
      expect({ wrong, code, output }).toEqual({ wrong, code: 2, output: '' })
    }
    await expect(readFile(started)).rejects.toThrow('ENOENT')
    // It would have been.
    await run(['dev', '--livekit', server]).line('endpoint')
    await readFile(started)
  })
})

describe('without a LiveKit server', () => {
  it('says how to get one, and the rest works', async () => {
    await placeDemo()
    const running = run(['dev'], { PATH: '' })
    const demo = await running.line('demo')
    const endpoint = await running.line('endpoint')
    expect(running.lines).toEqual([`endpoint ${endpoint}`, `demo ${demo}`])
    expect((await ask(endpoint)).json().server_url).toBe('ws://127.0.0.1:7880')
    expect((await ask(`${demo}config.json`, { method: 'GET' })).json()).toEqual({
      endpoint,
      livekit: null,
      inspector: null,
    })
    for (const way of [
      'brew install livekit',
      'get.livekit.io',
      'docker run',
      'LIVEKIT_URL',
      'LIVEKIT_SERVER',
    ])
      expect(running.errors()).toContain(way)
  })

  it('says nothing when none is wanted', async () => {
    const running = run(['dev', '--livekit', 'off'], { PATH: '', LIVEKIT_SERVER: '/no/such/server' })
    await running.line('endpoint')
    expect(running.errors()).toBe('')
  })

  it('goes on when the one there is does not start', async () => {
    const running = run(['dev'], { LIVEKIT_SERVER: folder })
    const endpoint = await running.line('endpoint')
    expect(running.errors()).toContain(`${folder} ended before it answered`)
    expect((await ask(endpoint)).status).toBe(201)
  })

  it('ends with code 1 when LIVEKIT_SERVER names none', async () => {
    const { code, output, errors } = await finished(['dev'], { LIVEKIT_SERVER: '/no/such/server' })
    expect([code, output]).toEqual([1, ''])
    expect(errors).toBe('livekit-token-devtools: LIVEKIT_SERVER names no file: /no/such/server\n')
  })
})

describe('a LiveKit server that runs', () => {
  it.each([
    ['by flag', ['--livekit', 'http://127.0.0.1:9'], {}],
    ['by LIVEKIT_URL', [], { LIVEKIT_URL: 'ws://127.0.0.1:9' }],
    ['by --server-url', ['--server-url', 'ws://127.0.0.1:9'], {}],
  ])('is told to clients and to the demo: %s', async (_, flags, env) => {
    await placeDemo()
    const running = run(['dev', ...flags], env)
    const demo = await running.line('demo')
    expect(await running.line('livekit')).toBe('ws://127.0.0.1:9')
    expect((await ask(await running.line('endpoint'))).json().server_url).toBe('ws://127.0.0.1:9')
    const config = (await ask(`${demo}config.json`, { method: 'GET' })).json()
    expect(config.livekit).toBe('ws://127.0.0.1:9')
  })

  it('has its key and secret from the environment, unless flags say otherwise', async () => {
    const env = { LIVEKIT_URL: 'wss://r.example', LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: 's' }
    const verified = async (flags: string[], key: string, secret: string) => {
      const reply = await ask(await run(['dev', ...flags], env).line('endpoint'))
      return (await new TokenVerifier(key, secret).verify(tokenOf(reply))).iss
    }
    expect(await verified([], 'k', 's')).toBe('k')
    expect(await verified(['--api-key', 'mine', '--api-secret', 'm'], 'mine', 'm')).toBe('mine')
  })
})

const server = livekitMissing ? null : findLiveKit({ env: { ...process.env, LIVEKIT_URL: '' } })

describe.skipIf(server?.kind !== 'binary' || process.platform === 'win32')(
  'a LiveKit server to start',
  () => {
    const path = server?.kind === 'binary' ? server.path : ''
    const listRooms = (url: string, key = 'devkey', secret = 'secret') =>
      new RoomServiceClient(url.replace(/^ws/, 'http'), key, secret).listRooms()

    it.each([
      ['by flag', async () => ({ flags: ['--livekit', path], env: {} })],
      ['by LIVEKIT_SERVER', async () => ({ flags: [], env: { LIVEKIT_SERVER: path } })],
      [
        'on the PATH',
        async () => {
          const bin = join(folder, 'livekit-bin')
          await mkdir(bin)
          await symlink(path, join(bin, 'livekit-server'))
          return { flags: [], env: { PATH: bin } }
        },
      ],
    ])('listens, and is told to clients and to the demo: %s', async (_, given) => {
      await placeDemo()
      const { flags, env } = await given()
      const running = run(['dev', ...flags], env)
      const demo = await running.line('demo')
      const livekit = await running.line('livekit')
      const endpoint = await running.line('endpoint')
      expect(running.lines).toEqual([`livekit ${livekit}`, `endpoint ${endpoint}`, `demo ${demo}`])
      expect((await ask(endpoint)).json().server_url).toBe(livekit)
      expect((await ask(`${demo}config.json`, { method: 'GET' })).json()).toEqual({
        endpoint,
        livekit,
        inspector: null,
      })
      expect(await listRooms(livekit)).toEqual([])
      running.child.kill('SIGINT')
      expect(await running.ended).toEqual({ code: 0, signal: null })
      expect(running.errors()).toBe('')
    })

    it('takes the tokens of an endpoint with another key', async () => {
      const flags = ['--api-key', 'k', '--api-secret', 'a secret of thirty-two letters or more']
      const livekit = await run(['dev', '--livekit', path, ...flags]).line('livekit')
      expect(await listRooms(livekit, 'k', flags[3])).toEqual([])
      await expect(listRooms(livekit)).rejects.toThrow()
    })

    it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is gone after %s', async (name) => {
      const running = run(['dev', '--livekit', path])
      await running.line('endpoint')
      const livekit = await running.line('livekit')
      expect(await listRooms(livekit)).toEqual([])
      running.child.kill(name)
      expect(await running.ended).toEqual({ code: 0, signal: null })
      await expect(listRooms(livekit)).rejects.toThrow()
    })

    it('is gone even when the command was killed and could do nothing about it', async () => {
      const running = run(['dev', '--livekit', path])
      const livekit = await running.line('livekit')
      expect(await listRooms(livekit)).toEqual([])
      running.child.kill('SIGKILL')
      await vi.waitFor(() => expect(listRooms(livekit)).rejects.toThrow(), { timeout: 20_000 })
    })

    it('leaves nothing behind when the command is ended before it has started', async () => {
      const pidFile = join(folder, 'pid')
      const slow = join(folder, 'slow-server')
      await writeFile(slow, `#!/bin/sh\necho $$ > "${pidFile}"\nexec sleep 600\n`)
      await chmod(slow, 0o755)
      const running = run(['dev', '--livekit', slow])
      await vi.waitFor(async () => expect(await readFile(pidFile, 'utf8')).toMatch(/\n$/), {
        timeout: 20_000,
      })
      running.child.kill('SIGTERM')
      expect(await running.ended).toEqual({ code: 0, signal: null })
      expect([running.lines, running.errors()]).toEqual([[], ''])
      const pid = Number(await readFile(pidFile, 'utf8'))
      expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    })

    it('is ended when something else goes wrong', async () => {
      const taken = createServer().listen(0, '127.0.0.1')
      await new Promise((resolve) => taken.once('listening', resolve))
      const { port } = taken.address() as { port: number }
      const pidFile = join(folder, 'pid-of-real')
      const watched = join(folder, 'watched-server')
      await writeFile(watched, `#!/bin/sh\necho $$ > "${pidFile}"\nexec "${path}" "$@"\n`)
      await chmod(watched, 0o755)
      const { code } = await finished(['dev', '--livekit', watched, '--port', String(port)])
      await new Promise((resolve) => taken.close(resolve))
      expect(code).toBe(1)
      const pid = Number(await readFile(pidFile, 'utf8'))
      expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    })

    it('is missed when it ends by itself', async () => {
      const brief = join(folder, 'brief-server.cjs')
      const script = `
      const body = process.argv[process.argv.indexOf('--config-body') + 1]
      let asked = 0
      require('http').createServer((_, reply) => {
        reply.end('OK')
        if (++asked > 1) process.exit()
      }).listen(JSON.parse(body).port, '127.0.0.1')`
      await writeFile(brief, `#!${process.execPath}\n${script}`)
      await chmod(brief, 0o755)
      const running = run(['dev', '--livekit', brief])
      const livekit = await running.line('livekit')
      await ask(livekit.replace(/^ws/, 'http')).catch(() => {})
      await vi.waitFor(() => expect(running.errors()).toContain('ended by itself'), { timeout: 20_000 })
      expect((await ask(await running.line('endpoint'))).status).toBe(201)
    })
  },
)

describe('a browser opens', () => {
  it.each([
    ['on a terminal', undefined, { isTerminal: true, ci: undefined }, true],
    ['not in a pipe', undefined, { isTerminal: false, ci: undefined }, false],
    ['not in CI', undefined, { isTerminal: true, ci: 'true' }, false],
    ['not in CI, however it says so', undefined, { isTerminal: true, ci: '1' }, false],
    ['where CI is switched off', undefined, { isTerminal: true, ci: 'false' }, true],
    ['when asked, even in a pipe', true, { isTerminal: false, ci: 'true' }, true],
    ['never when asked not to', false, { isTerminal: true, ci: undefined }, false],
  ])('%s', (_, asked, terminal, opens) => expect(wantsBrowser(asked, terminal)).toBe(opens))
})
