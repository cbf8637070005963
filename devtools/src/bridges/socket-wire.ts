import type { Clock } from 'livekit-token-store'
import { backgroundTimer } from '../protocol/background-timer'
import { backoffMs } from '../protocol/backoff'
import type { Wire, WireListener } from './wire'

/** What an inspector has to say is short. */
const LONGEST_MESSAGE = 65_536

/** As much of a WebSocket as is used: the browser's and that of `ws`. */
interface Socket {
  readonly readyState: number
  send(text: string): void
  close(): void
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
}

type SocketConstructor = new (url: string) => Socket

const OPEN = 1

/**
 * Keeps a WebSocket to that url, for as long as it takes: dialled anew when it was lost, after 0.5 s and up to 15 s.
 * A Node process does not wait for the next try, but stays alive while the socket is open.
 */
export function dialSocket(url: string, listener: WireListener, clock: Clock): Wire {
  let socket: Socket | null = null
  let failures = 0
  let stopWaiting = () => {}
  let closed = false

  const dialLater = () => {
    if (closed) return
    failures += 1
    stopWaiting = backgroundTimer(clock, backoffMs(failures), dial)
  }

  const dial = async () => {
    let opened: Socket
    try {
      const WebSocket = await socketConstructor()
      if (closed) return
      opened = new WebSocket(url)
    } catch {
      // A page may not be allowed to.
      return dialLater()
    }
    socket = opened
    opened.addEventListener('open', () => {
      if (closed) return
      failures = 0
      listener.onOpen()
    })
    opened.addEventListener('message', ({ data }) => {
      if (!closed && typeof data === 'string' && data.length <= LONGEST_MESSAGE) hear(data)
    })
    // `close` follows; without a listener `ws` would throw.
    opened.addEventListener('error', () => {})
    opened.addEventListener('close', () => {
      if (closed) return
      socket = null
      listener.onClose()
      dialLater()
    })
  }

  const hear = (text: string) => {
    let data: unknown
    try {
      data = JSON.parse(text)
    } catch {
      return
    }
    listener.onMessage(data)
  }

  const isOpen = () => socket?.readyState === OPEN

  void dial()
  return {
    get open() {
      return isOpen()
    },
    send(message) {
      if (isOpen()) socket?.send(JSON.stringify(message))
    },
    close() {
      closed = true
      stopWaiting()
      socket?.close()
    },
  }
}

/**
 * Node has none of its own before 22. Of `ws` the package's `browser` field tells who bundles for anywhere else that it
 * is nothing: its modules of Node's would be an error there.
 */
const socketConstructor = async (): Promise<SocketConstructor> =>
  (globalThis as { WebSocket?: SocketConstructor }).WebSocket ?? (await import('ws')).WebSocket
