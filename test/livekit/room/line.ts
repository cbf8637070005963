import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * A line to a server, which can be cut as a network that goes away, and can refuse requests in the server's place.
 * What goes over it otherwise arrives as it is.
 */
export async function startLine(serverUrl: string) {
  const { hostname, port } = new URL(serverUrl)
  const sockets = new Set<Socket>()
  /** The first line of each connection's first request, in order. */
  const requests: string[] = []
  let refusal: string | null = null
  const server = createServer((near) => {
    sockets.add(near)
    near.on('error', () => near.destroy())
    near.on('close', () => sockets.delete(near))
    near.once('data', (first) => {
      requests.push(first.toString().split('\r\n')[0]!)
      if (refusal !== null) {
        near.end(refusal)
        return
      }
      const far = connect(Number(port), hostname)
      sockets.add(far)
      far.on('error', () => far.destroy())
      far.on('close', () => {
        sockets.delete(far)
        near.destroy()
      })
      near.on('close', () => far.destroy())
      far.write(first)
      near.pipe(far).pipe(near)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: requests as readonly string[],
    cut,
    /** From now on each request gets that status, until `letThrough`. */
    refuse(status: number, body = '') {
      const head = [
        `HTTP/1.1 ${status} No`,
        'Connection: close',
        `Content-Length: ${Buffer.byteLength(body)}`,
      ]
      refusal = `${head.join('\r\n')}\r\n\r\n${body}`
    },
    letThrough() {
      refusal = null
    },
    stop() {
      cut()
      server.close()
    },
  }
}

/** The token that a client sent in a request's first line. */
export const tokenIn = (request: string | undefined) => /access_token=([^& ]+)/.exec(request ?? '')?.[1]
