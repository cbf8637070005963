// The LiveKit server that the tests join, and LiveKit's own test server for failures on order. Says what it does
// before it does it.
//   node scripts/setup-livekit.mjs     finds them, or builds them once with Go into .cache/livekit
//   SETUP=off                          builds nothing
//   LIVEKIT_URL=ws://127.0.0.1:7880    one that runs already (LIVEKIT_API_KEY and LIVEKIT_API_SECRET: devkey and secret)
//   LIVEKIT_SERVER=/path/to/one        the server to start
//   LIVEKIT_TEST_SERVER=/path/to/one   the test server to start
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const VERSION = 'v1.13.5'
const MODULE = 'github.com/livekit/livekit-server/cmd'
const CACHE = fileURLToPath(new URL('../.cache/livekit', import.meta.url))

export const HOW_TO_GET_LIVEKIT =
  'Get a LiveKit server with `brew install livekit`, `curl -sSL https://get.livekit.io | bash` or `docker run --rm -p 127.0.0.1:7880:7880 -p 127.0.0.1:7882:7882/udp livekit/livekit-server --dev --bind 0.0.0.0 --node-ip 127.0.0.1`, and name it in LIVEKIT_SERVER (a path) or LIVEKIT_URL (one that runs). With Go 1.26 `node scripts/setup-livekit.mjs` builds one.'

/**
 * @typedef {{ kind: 'url', url: string, from: string } | { kind: 'binary', path: string, from: string }} FoundLiveKit
 *
 * @typedef {object} Machine
 * @property {NodeJS.ProcessEnv} env
 * @property {NodeJS.Platform} platform
 * @property {(path: string) => boolean} exists
 * @property {(command: string, args: string[], env: NodeJS.ProcessEnv) => void} run Throws when it fails.
 * @property {(path: string) => void} makeFolder
 * @property {(line: string) => void} say
 * @property {string} cache Where what is built goes.
 */

/** @type {Machine} */
const thisMachine = {
  env: process.env,
  platform: process.platform,
  exists: existsSync,
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  run: (command, args, env) =>
    void execFileSync(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    }),
  say: (line) => console.log(line),
  cache: CACHE,
}

/**
 * The server to test with; null when there is none.
 *
 * @param {Partial<Machine>} [machine] Default: this one.
 * @returns {FoundLiveKit | null}
 * @throws {Error} when `LIVEKIT_SERVER` names no file.
 */
export function findLiveKit(machine) {
  const { env } = { ...thisMachine, ...machine }
  if (env.LIVEKIT_URL) return { kind: 'url', url: env.LIVEKIT_URL, from: 'LIVEKIT_URL' }
  return findBinary({ ...thisMachine, ...machine }, 'LIVEKIT_SERVER', 'livekit-server', 'server')
}

/**
 * LiveKit's own test server, which fails on order; null when there is none.
 *
 * @param {Partial<Machine>} [machine] Default: this one.
 */
export const findLiveKitTestServer = (machine) =>
  findBinary({ ...thisMachine, ...machine }, 'LIVEKIT_TEST_SERVER', 'livekit-test-server', 'test-server')

/**
 * @param {Machine} machine
 * @param {string} variable
 * @param {string} onPath
 * @param {string} inCache
 * @returns {FoundLiveKit & { kind: 'binary' } | null}
 */
function findBinary({ env, platform, exists, cache }, variable, onPath, inCache) {
  const named = env[variable]
  if (named) {
    if (exists(named)) return { kind: 'binary', path: named, from: variable }
    throw new Error(`${variable} names no file: ${named}`)
  }
  const suffix = platform === 'win32' ? '.exe' : ''
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const installed = folders.map((folder) => join(folder, onPath + suffix)).find((path) => exists(path))
  if (installed) return { kind: 'binary', path: installed, from: 'the PATH' }
  const built = join(cache, inCache + suffix)
  return exists(built) ? { kind: 'binary', path: built, from: 'the cache' } : null
}

/**
 * Makes sure of both servers, as far as it can. Without them the tests that join one skip themselves and say why;
 * in CI that is a failure.
 *
 * @param {Partial<Machine>} [machine] Default: this one.
 * @returns {boolean} Whether the tests can go on.
 */
export function setUpLiveKit(machine) {
  const here = { ...thisMachine, ...machine }
  const { env, say } = here
  try {
    build(here)
    const server = findLiveKit(here)
    const testServer = findLiveKitTestServer(here)
    if (server)
      say(`LiveKit server: ${server.kind === 'url' ? server.url : server.path} (from ${server.from})`)
    if (testServer) say(`LiveKit's test server: ${testServer.path} (from ${testServer.from})`)
    if (server && testServer) return true
    say(`There is no LiveKit ${server ? 'test ' : ''}server here. ${HOW_TO_GET_LIVEKIT}`)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
  }
  if (!env.CI) say('The tests that need one will be skipped.')
  return !env.CI
}

/** @param {Machine} here */
function build(here) {
  const { env, run, say, cache, makeFolder } = here
  const missing = [
    ...(findLiveKit(here) ? [] : ['server']),
    ...(findLiveKitTestServer(here) ? [] : ['test-server']),
  ]
  if (missing.length === 0 || env.SETUP === 'off') return
  try {
    run('go', ['version'], {})
  } catch {
    say('Go is not installed, so no LiveKit server can be built here.')
    return
  }
  const packages = missing.map((name) => `${MODULE}/${name}@${VERSION}`)
  say(`Building once, which takes some minutes: go install ${packages.join(' ')}`)
  try {
    makeFolder(cache)
    run('go', ['install', ...packages], { GOBIN: cache })
  } catch (error) {
    say(`That failed: ${error instanceof Error ? error.message : error}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !setUpLiveKit()) process.exitCode = 1
