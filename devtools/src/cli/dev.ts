import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startDemoServer } from '../demo-server'
import { startTokenEndpoint } from '../endpoint/start-token-endpoint'
import type { Inspector } from '../inspector/start-inspector'
import { openBrowser } from '../loopback/open-browser'
import { type DevCommand, UsageError } from './arguments'
import { openInspector } from './inspector'
import { type LiveKit, openLiveKit } from './livekit'
import { wantsBrowser } from './wants-browser'

interface Closable {
  close(): Promise<void>
}

/** Everything local. Resolves when a signal has ended it and all is closed. */
export async function dev(command: DevCommand, demoRoot: string): Promise<void> {
  const told = signals()
  const running: Closable[] = []
  try {
    const livekit = await openLiveKit(command, told.signal)
    running.push(livekit)
    const endpoint = await startEndpoint(command, livekit)
    running.push(endpoint)
    if (livekit.url !== null) console.log(`livekit ${livekit.url}`)
    console.log(`endpoint ${endpoint.url}`)
    let inspector: Inspector | null = null
    const demo = existsSync(join(demoRoot, 'index.html'))
      ? await startDemoServer({
          root: demoRoot,
          endpointUrl: endpoint.url,
          livekitUrl: livekit.url,
          // Each has to know the other; the page asks later.
          inspectorUrl: () => inspector?.url ?? null,
        })
      : null
    if (demo) running.push(demo)
    inspector = await openInspector(command, demo)
    if (inspector) {
      running.push(inspector)
      console.log(`inspector ${inspector.url}`)
    }
    if (demo) {
      console.log(`demo ${demo.url}`)
      const terminal = { isTerminal: process.stdout.isTTY === true, ci: process.env.CI }
      if (wantsBrowser(command.open, terminal)) openBrowser(demo.url)
    }
    await told.promise
  } catch (error) {
    if (!told.signal.aborted) throw error
  } finally {
    await Promise.all(running.map((server) => server.close()))
  }
}

/**
 * `on` and not `once`: npm passes on the SIGINT that the terminal has sent already, and the second one would kill.
 * SIGHUP is a terminal that was closed; by itself it would end this process and leave the LiveKit server behind.
 */
function signals() {
  const told = new AbortController()
  const promise = new Promise<void>((resolve) => {
    told.signal.addEventListener('abort', () => resolve())
  })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => told.abort())
  return { signal: told.signal, promise }
}

async function startEndpoint({ endpoint }: DevCommand, { url, apiKey, apiSecret }: LiveKit) {
  const known = {
    ...(url === null ? {} : { serverUrl: url }),
    ...(apiKey === undefined ? {} : { apiKey, apiSecret }),
  }
  try {
    return await startTokenEndpoint({ ...known, ...endpoint })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new Error(`port ${endpoint.port} is taken; give another --port, or none for a free one`)
    }
    // The options' names in the flags' spelling: what is wrong with them is the command line's fault.
    const { message } = error as Error
    if (error instanceof TypeError) throw new UsageError(`--${message.replace(/^\w+/, kebab)}`)
    throw error
  }
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
