import type { Socket } from 'node:net'
import WebSocket from 'ws'
import { MAX_FRAME_BYTES } from '../protocol/messages'
import type { OpenSocket } from '../protocol/socket'

const HANDSHAKE_TIMEOUT_MS = 10_000

/**
 * A WebSocket that keeps the process alive only until the other side has answered, and while something is on its
 * way: whoever looks at a process must not keep it from ending, nor miss what it did last.
 */
export const openNodeSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url, {
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  })
  let connection: Socket | undefined
  let sending = 0
  let answered = false
  const letGo = () => {
    if (answered && sending === 0) connection?.unref()
  }
  socket.on('upgrade', (response) => {
    connection = response.socket
  })
  socket.on('open', () => events.opened())
  socket.on('message', (data, isBinary) => {
    answered = true
    events.heard(isBinary ? data : String(data))
    letGo()
  })
  // Told by 'close' too, which always follows.
  socket.on('error', () => {})
  socket.on('close', () => events.closed())
  return {
    get bufferedAmount() {
      return socket.bufferedAmount
    },
    send(text) {
      connection?.ref()
      sending += 1
      socket.send(text, () => {
        sending -= 1
        letGo()
      })
    },
    close: () => socket.close(),
  }
}
