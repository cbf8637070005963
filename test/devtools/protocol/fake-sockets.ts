import type { OpenSocket, SocketEvents } from '../../../devtools/src/protocol/socket'

/** One socket that was opened, moved by hand. */
export interface FakeSocket {
  readonly url: string
  readonly events: SocketEvents
  readonly sent: Record<string, unknown>[]
  bufferedAmount: number
  isClosed: boolean
  /** Gives it a frame of the inspector's. */
  say(frame: object): void
}

/** Opens sockets that do nothing by themselves. */
export function fakeSockets(): { open: OpenSocket; sockets: FakeSocket[]; last(): FakeSocket } {
  const sockets: FakeSocket[] = []
  const open: OpenSocket = (url, events) => {
    const socket: FakeSocket & ReturnType<OpenSocket> = {
      url,
      events,
      sent: [],
      bufferedAmount: 0,
      isClosed: false,
      say: (frame) => events.heard(JSON.stringify(frame)),
      send: (text) => void socket.sent.push(JSON.parse(text)),
      close: () => {
        socket.isClosed = true
      },
    }
    sockets.push(socket)
    return socket
  }
  const last = () => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('No socket was opened.')
    return socket
  }
  return { open, sockets, last }
}
