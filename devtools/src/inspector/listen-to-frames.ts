import type { WebSocket } from 'ws'
import { parseFrame } from '../protocol/parse-frame'
import type { SourceMessage } from '../protocol/viewer'

/** Close codes of RFC 6455, 7.4.1. */
const UNSUPPORTED = 1003
const INVALID = 1007
const POLICY = 1008

export interface FrameListener {
  hear(frame: Readonly<Record<string, unknown>>): void
  /** The connection has ended; `lost` says why, when it was cut off here. */
  leave(lost: SourceMessage['lost']): void
}

/** Tells a connection's frames, each a JSON object in a text; anything else ends the connection. */
export function listenToFrames(socket: WebSocket, { hear, leave }: FrameListener): void {
  socket.on('message', (data, isBinary) => {
    // What was on its way when the connection was given up.
    if (socket.readyState !== socket.OPEN) return
    if (isBinary) return socket.close(UNSUPPORTED)
    const frame = parseFrame(String(data))
    if (!frame) return socket.close(INVALID)
    try {
      hear(frame)
    } catch {
      // Nested deeper than the stack, say.
      socket.close(POLICY)
    }
  })
  let lost: SourceMessage['lost'] = null
  // A frame that is too long or malformed; ws closes the connection by itself.
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') lost = 'frame-too-big'
  })
  socket.on('close', () => leave(lost))
}
