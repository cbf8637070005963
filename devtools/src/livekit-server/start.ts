import { spawn } from 'node:child_process'
import type { Clock } from 'livekit-token-store'
import { systemClock } from '../clock'
import { loopbackFlags, serverEnvironment } from './command-line'
import { freeTcpPort, freeUdpPort } from './free-port'
import { guard } from './guard'

export interface LiveKitServerOptions {
  /** The program, a `livekit-server`. */
  path: string
  /** Default: 'devkey'. */
  apiKey?: string | undefined
  /** Default: 'secret'. */
  apiSecret?: string | undefined
  /** Ends the start; once the server runs, it means nothing. */
  signal?: AbortSignal | undefined
  /** Default: the machine's. */
  clock?: Clock | undefined
}

export interface LiveKitServer {
  /** `ws://127.0.0.1:<port>`. */
  readonly url: string
  /** Resolves when its process has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** Resolves when its process is gone. May be called more than once. */
  close(): Promise<void>
}

const STARTS_WITHIN_MS = 20_000
const LOOK_EVERY_MS = 50
/** A port that was free may be taken by the time that the server gets there. */
const TRIES = 3

/**
 * Starts a LiveKit server on free ports of 127.0.0.1, and ends it with this process at the latest,
 * however that ends.
 *
 * @throws {Error} when it ends before it answers, or does not answer within 20 s.
 * @throws `signal.reason`
 */
export async function startLiveKitServer(options: LiveKitServerOptions): Promise<LiveKitServer> {
  for (let left = TRIES - 1; ; left -= 1) {
    const server = await launch(options)
    const outcome = await firstAnswer(server, options)
    if (outcome === 'answered') return server
    await server.close()
    options.signal?.throwIfAborted()
    if (outcome === 'silent') throw new Error(`${options.path} did not answer within 20 s`)
    if (left === 0) throw new Error(`${options.path} ended before it answered: is it a livekit-server?`)
  }
}

async function launch({ path, apiKey = 'devkey', apiSecret = 'secret' }: LiveKitServerOptions) {
  const [port, udpPort] = await Promise.all([freeTcpPort(), freeUdpPort()])
  const child = spawn(path, loopbackFlags(port, udpPort), {
    // Its log prints refused tokens whole, so nobody gets to see it.
    stdio: 'ignore',
    env: serverEnvironment(apiKey, apiSecret),
    windowsHide: true,
  })
  // It has nothing to save, and on a softer signal it waits for its participants to leave.
  const kill = () => void child.kill('SIGKILL')
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const callOff = child.pid === undefined ? () => {} : guard(child.pid)
  process.on('exit', kill)
  void ended.then(() => {
    callOff()
    process.off('exit', kill)
  })
  return {
    url: `ws://127.0.0.1:${port}`,
    ended,
    close() {
      kill()
      return ended
    },
  }
}

async function firstAnswer(
  { url, ended }: LiveKitServer,
  { clock = systemClock, signal }: LiveKitServerOptions,
): Promise<'answered' | 'ended' | 'silent'> {
  const over = new AbortController()
  const end = () => over.abort('ended')
  const timer = clock.setTimeout(() => over.abort('silent'), STARTS_WITHIN_MS)
  if (signal?.aborted) end()
  signal?.addEventListener('abort', end)
  void ended.then(end)
  try {
    while (!over.signal.aborted && !(await isHealthy(url, over.signal))) {
      await new Promise<void>((resolve) => void clock.setTimeout(resolve, LOOK_EVERY_MS))
    }
    return over.signal.aborted ? over.signal.reason : 'answered'
  } finally {
    clock.clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}

/** A LiveKit server says OK at its root. Another one, which took the port, hardly does. */
const isHealthy = (url: string, signal: AbortSignal): Promise<boolean> =>
  fetch(url.replace(/^ws/, 'http'), { signal })
    .then(async (response) => response.ok && (await response.text()) === 'OK')
    .catch(() => false)
