import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'

// XState 4 and its inspector are where only devtools find them.
const require = createRequire(new URL('../../../devtools/package.json', import.meta.url))
const xstate: typeof import('../../../devtools/node_modules/xstate') = require('xstate')
export const { createWebSocketReceiver }: typeof import('../../../devtools/node_modules/@xstate/inspect') =
  require('@xstate/inspect')

/** A copy of its own: the package is made for one inspector a process, and keeps its listeners for good. */
function ownInspect(): typeof import('../../../devtools/node_modules/@xstate/inspect/lib/server').inspect {
  const path = require.resolve('@xstate/inspect/lib/server')
  delete require.cache[path]
  return require(path).inspect
}

export interface InspectedProcess {
  readonly url: string
  readonly port: number
  /** What was sent to it. */
  readonly heard: readonly string[]
  readonly dials: number
  /** How many are connected. */
  readonly connections: number
  /** A traffic light that it inspects. */
  light(id: string, context?: object): { send(event: string | { type: string }): void; stop(): void }
  /** Sends that to all that are connected. */
  flood(text: string): void
  /** Cuts its connections; it goes on listening. */
  cut(): void
  close(): Promise<void>
}

/** What a Node process does that has the real `@xstate/inspect` in it. */
export async function inspectedProcess(port = 0): Promise<InspectedProcess> {
  const server = new WebSocketServer({ port, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const heard: string[] = []
  let dials = 0
  server.on('connection', (client: WebSocket) => {
    dials += 1
    client.on('message', (data) => heard.push(String(data)))
  })
  const inspector = ownInspect()({ server: server as never })
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= new Promise((resolve) => {
      for (const client of server.clients) client.terminate()
      server.close(() => resolve())
      inspector.disconnect()
    })
    return closed
  }
  onTestFinished(close)
  const bound = (server.address() as AddressInfo).port
  return {
    url: `ws://127.0.0.1:${bound}`,
    port: bound,
    heard,
    get dials() {
      return dials
    },
    get connections() {
      return server.clients.size
    },
    light(id, context = {}) {
      const states = { green: { on: { NEXT: 'red' } }, red: { on: { NEXT: 'green' } } }
      const machine = xstate.createMachine({
        id,
        context,
        initial: 'green',
        states,
        predictableActionArguments: true,
      })
      const service = xstate.interpret(machine, { devTools: true }).start()
      onTestFinished(() => void service.stop())
      return service as ReturnType<InspectedProcess['light']>
    },
    flood(text) {
      for (const client of server.clients) client.send(text)
    },
    cut() {
      for (const client of server.clients) client.terminate()
    },
    close,
  }
}
