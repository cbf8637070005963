import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { listenOnLoopback } from '../../../devtools/src/loopback/listen'

it('A loopback server that is closed cuts off the connections that it has handed over', async () => {
  const handedOver: unknown[] = []
  const server = await listenOnLoopback(
    (_request, response) => response.end(),
    0,
    (request) => handedOver.push(request.url),
  )
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write('GET /way HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: any\r\n\r\n')
  await expect.poll(() => handedOver, { timeout: 60_000 }).toEqual(['/way'])
  await Promise.all([server.close(), once(socket, 'close')])
})
