import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** For the running test: a TCP proxy before a server. It cuts the connections that there are; new ones get through. */
export async function startCuttableProxy(target: string) {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const hold = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // A broken connection is what this is for: its `close` says all.
    socket.on('error', () => {})
    return socket
  }
  const server = createServer((client) => {
    const upstream = hold(connect(Number(port), hostname))
    hold(client).pipe(upstream).pipe(client)
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  /** Returns how many connections there were. */
  const cut = () => {
    const { size } = sockets
    for (const socket of sockets) socket.resetAndDestroy()
    return size
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, cut }
}
