import type { Clock } from 'livekit-token-store'
import WebSocket from 'ws'
import { backgroundTimer } from '../protocol/background-timer'
import { backoffMs } from '../protocol/backoff'
import { MAX_FRAME_BYTES } from '../protocol/messages'
import { listenToFrames } from './listen-to-frames'
import type { Sources } from './sources'
import { XStatePeer } from './xstate-peer'

const HANDSHAKE_TIMEOUT_MS = 10_000
/** What `createWebSocketReceiver` says when it is connected; the other side introduces its services then. */
const HANDSHAKE = JSON.stringify({ type: 'xstate.inspecting' })

/**
 * Listens to a process that `inspect` of `@xstate/inspect/lib/server` made a WebSocket server of, and dials it again
 * when it is not there. Each connection is a source of its own: what comes back may be another process, which has
 * its services under the same numbers. Returns what ends it.
 */
export function dial(url: string, sources: Sources, clock: Clock): () => void {
  let failures = 0
  let stop = () => {}

  const connect = () => {
    const socket = new WebSocket(url, {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    })
    let peer: XStatePeer | null = null
    let ended = false
    socket.on('open', () => socket.send(HANDSHAKE))
    listenToFrames(socket, {
      hear(frame) {
        failures = 0
        peer ??= new XStatePeer('xstate-4', sources, null)
        peer.hear(frame)
      },
      leave() {
        peer?.leave()
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
