import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { AccessToken, type AccessTokenOptions, type VideoGrant } from 'livekit-server-sdk'
import { findLiveKit, findLiveKitTestServer, HOW_TO_GET_LIVEKIT } from '../../scripts/setup-livekit.mjs'

/** Why a test that needs the servers is skipped here; undefined where they are. In CI nothing may be missing. */
export const livekitMissing: string | undefined = (() => {
  if (findLiveKit() && findLiveKitTestServer()) return undefined
  if (process.env.CI) throw new Error(`There is no LiveKit server. ${HOW_TO_GET_LIVEKIT}`)
  console.warn(`Skipped: there is no LiveKit server here. ${HOW_TO_GET_LIVEKIT}`)
  return HOW_TO_GET_LIVEKIT
})()

export interface RunningServer {
  /** `ws:` URL. */
  readonly url: string
  stop(): Promise<void>
}

/** The API key and secret of `livekit-server --dev`, or of the server that `LIVEKIT_URL` names. */
export const API_KEY = process.env.LIVEKIT_API_KEY ?? 'devkey'
export const API_SECRET = process.env.LIVEKIT_API_SECRET ?? 'secret'

/** A token that the server takes; `ttl` in seconds, negative for one that has expired. */
export async function livekitToken(
  options: AccessTokenOptions & { grant?: VideoGrant; secret?: string } = {},
): Promise<string> {
  const { grant, secret = API_SECRET, ...rest } = options
  const token = new AccessToken(API_KEY, secret, { identity: 'me', ttl: 600, ...rest })
  token.addGrant({ roomJoin: true, room: 'A', ...grant })
  return token.toJwt()
}

/** The real server, on free ports of the loopback interface alone. */
export async function startLiveKit(): Promise<RunningServer> {
  const found = findLiveKit()
  if (!found) throw new Error(HOW_TO_GET_LIVEKIT)
  if (found.kind === 'url') return { url: found.url.replace(/^http/, 'ws'), stop: async () => {} }
  const [port, udpPort] = await Promise.all([freeTcpPort(), freeUdpPort()])
  const rtc = `{udp_port: ${udpPort}, tcp_port: 0, use_external_ip: false, enable_loopback_candidate: true, interfaces: {includes: [${process.platform === 'darwin' ? 'lo0' : 'lo'}]}}`
  return start(found.path, port, [
    '--dev',
    ...['--bind', '127.0.0.1', '--node-ip', '127.0.0.1'],
    ...['--config-body', `{port: ${port}, rtc: ${rtc}}`],
  ])
}

/** LiveKit's own test server, whose signal connection fails as the token's attribute `lk.mock` orders. */
export async function startLiveKitTestServer(): Promise<RunningServer> {
  const found = findLiveKitTestServer()
  if (!found) throw new Error(HOW_TO_GET_LIVEKIT)
  const port = await freeTcpPort()
  const host = ['--bind', '127.0.0.1', '--advertise-host', 'http://127.0.0.1']
  return start(found.path, port, ['--ports', String(port), ...host])
}

async function start(path: string, port: number, args: string[]): Promise<RunningServer> {
  // Its log prints refused tokens whole, so nobody gets to see it.
  const child = spawn(path, args, { stdio: 'ignore' })
  const kill = () => void child.kill()
  process.once('exit', kill)
  const stop = async () => {
    process.off('exit', kill)
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    const killed = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await gone
    clearTimeout(killed)
  }
  try {
    await answering(child, `http://127.0.0.1:${port}/`)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `ws://127.0.0.1:${port}`, stop }
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  let failed = false
  child.once('error', () => {
    failed = true
  })
  const deadline = performance.now() + 20_000
  while (performance.now() < deadline) {
    if (failed || child.exitCode !== null) throw new Error(`${child.spawnfile} ended before it listened.`)
    // Any answer will do: the test server has nothing at this path.
    if (await fetch(url).catch(() => null)) return
    await wait(100)
  }
  throw new Error(`${child.spawnfile} did not answer within 20 s.`)
}

const freeTcpPort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

const freeUdpPort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject)
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
