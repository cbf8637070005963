import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { onTestFinished, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'

export interface SocketPeer {
  readonly url: string
  readonly port: number
  /** Every text frame that came, parsed, over all connections. */
  readonly frames: readonly (Record<string, unknown> & { type: string })[]
  readonly everything: string
  readonly connections: number
  /** Connections that are open. */
  readonly open: number
  /** To everybody who is connected. */
  say(text: string): void
  /** Cuts the connections; new ones are let in. */
  cut(): void
  close(): Promise<void>
}

/**
 * A WebSocket server on 127.0.0.1. As a relay it passes each frame on to everybody else, which is what
 * `@statelyai/inspect`'s own server does (on all interfaces, so that one is not started here).
 */
export async function socketPeer({ port = 0, relay = false } = {}): Promise<SocketPeer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port })
  await once(server, 'listening')
  const frames: SocketPeer['frames'][number][] = []
  const texts: string[] = []
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    socket.on('message', (data) => {
      const text = data.toString()
      texts.push(text)
      frames.push(JSON.parse(text))
      if (!relay) return
      for (const other of server.clients) if (other !== socket && other.readyState === 1) other.send(text)
    })
  })
  const cut = () => {
    for (const socket of server.clients) socket.terminate()
  }
  const close = async () => {
    cut()
    await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(close)
  const bound = (server.address() as AddressInfo).port
  return {
    url: `ws://127.0.0.1:${bound}/`,
    port: bound,
    frames,
    get everything() {
      return texts.join('\n')
    },
    get connections() {
      return connections
    },
    get open() {
      return [...server.clients].filter(({ readyState }) => readyState === 1).length
    },
    say: (text) => {
      for (const socket of server.clients) socket.send(text)
    },
    cut,
    close,
  }
}

/** As a browser has it, for receivers of others that look for it. */
export function browserSocket(): void {
  vi.stubGlobal('WebSocket', WebSocket)
  onTestFinished(() => void vi.unstubAllGlobals())
}

export const SOON = { timeout: 30_000, interval: 10 }
