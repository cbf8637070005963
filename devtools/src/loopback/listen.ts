import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly origin: string
  /** Resolves when the port is free again; answers still owed are cut off. May be called more than once. */
  close(): Promise<void>
}

/** Takes over a connection that wants to speak another protocol. The bytes that came already are in `head`. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/**
 * An HTTP server on 127.0.0.1 and on no other address. Port 0 is any free port. Connections that were taken over
 * by `onUpgrade` are cut off by `close` as all others are.
 *
 * @throws {TypeError} when `port` is no port.
 * @throws {Error} with `code: 'EADDRINUSE'` when the port is taken.
 */
export async function listenOnLoopback(
  listener: RequestListener,
  port = 0,
  onUpgrade?: UpgradeListener,
): Promise<LoopbackServer> {
  // Node takes a string for the path of a pipe, so the type alone is not enough of a guard.
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError('port must be a whole number from 0 to 65535')
  }
  const server = createServer(listener)
  // The server forgets a connection that it has handed over, but waits for its end all the same.
  const handedOver = new Set<Duplex>()
  if (onUpgrade) {
    server.on('upgrade', (request, socket, head) => {
      handedOver.add(socket)
      socket.on('close', () => handedOver.delete(socket))
      // A reset by the other side is no reason to end the process.
      socket.on('error', () => socket.destroy())
      onUpgrade(request, socket, head)
    })
  }
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  let closed: Promise<void> | undefined
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        for (const socket of handedOver) socket.destroy()
      })
      return closed
    },
  }
}
