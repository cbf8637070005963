import type { Clock } from 'livekit-token-store'
import WebSocket from 'ws'
import { backgroundTimer } from '../protocol/background-timer'
import { backoffMs } from '../protocol/backoff'
import { MAX_FRAME_BYTES } from '../protocol/messages'
import { listenToFrames } from './listen-to-frames'
import type { Sources } from './sources'
import { XStatePeer } from './xstate-peer'

const HANDSHAKE_TIMEOUT_MS = 10_000
/** A connection that ends sooner was none: it is dialled again as slowly as if it had failed. */
const LASTING_MS = 10_000
/** What `createWebSocketReceiver` says when it is connected; the other side introduces its services then. */
const HANDSHAKE = JSON.stringify({ type: 'xstate.inspecting' })

/**
 * Listens to a process that `inspect` of `@xstate/inspect/lib/server` made a WebSocket server of, and dials it again
 * when it is not there. Each connection is a source of its own: what comes back may be another process, which has
 * its services under the same numbers. Only one that was cut off here gives its place to the next, which will most
 * likely be cut off as well. Returns what ends it.
 */
export function dial(url: string, sources: Sources, clock: Clock): () => void {
  let failures = 0
  let peer: XStatePeer | null = null
  let stop = () => {}

  const connect = () => {
    const socket = new WebSocket(url, {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    })
    let heard = false
    let ended = false
    let openedAt = Number.POSITIVE_INFINITY
    socket.on('open', () => {
      openedAt = clock.now()
      socket.send(HANDSHAKE)
    })
    listenToFrames(socket, {
      hear(frame) {
        if (!heard && peer?.isForgotten) peer = null
        if (!peer) peer = new XStatePeer('xstate-4', sources, null)
        else if (!heard) peer.comeBack()
        heard = true
        peer.hear(frame)
      },
      leave(lost) {
        // Also when its very first frame was too big: somebody has to say why there is nothing to see.
        if (lost && (!peer || peer.isForgotten)) peer = new XStatePeer('xstate-4', sources, null)
        if (heard || lost) peer?.leave(lost)
        if (!lost) peer = null
        if (clock.now() - openedAt >= LASTING_MS) failures = 0
        failures += 1
        if (!ended) stop = backgroundTimer(clock, backoffMs(failures), connect)
      },
    })
    stop = () => {
      ended = true
      socket.terminate()
    }
  }

  connect()
  return () => stop()
}
