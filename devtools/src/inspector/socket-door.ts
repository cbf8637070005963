import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { UpgradeListener } from '../loopback/listen'
import { MAX_FRAME_BYTES } from '../protocol/messages'
import { VIEWER_QUERY } from '../protocol/viewer'
import { type Door, type Guest, guestAt } from './door'

const MAX_CLIENTS = 32

export interface SocketDoor {
  readonly onUpgrade: UpgradeListener
  close(): void
}

export interface SocketListener {
  onApp(socket: WebSocket, origin: string | null): void
  onViewer(socket: WebSocket): void
}

/** Lets WebSockets in, at the page's own address; the others get a status and nothing else. */
export function socketDoor(door: () => Door, { onApp, onViewer }: SocketListener): SocketDoor {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  })
  // What is wrong with a handshake, ws answers itself.
  server.on('wsClientError', (_error, socket) => refuse(socket, 400))
  return {
    onUpgrade(request, socket, head) {
      const entry = entryOf(door(), request)
      if (typeof entry === 'number') return refuse(socket, entry)
      if (server.clients.size >= MAX_CLIENTS) return refuse(socket, 503)
      server.handleUpgrade(request, socket, head, (client) => {
        if (entry.isViewer) onViewer(client)
        else onApp(client, entry.guest.origin)
      })
    },
    close() {
      for (const client of server.clients) client.terminate()
    },
  }
}

function entryOf(door: Door, request: IncomingMessage): { guest: Guest; isViewer: boolean } | number {
  const guest = guestAt(door, request)
  if (typeof guest === 'number') return guest
  const [path, query] = guest.path.split('?')
  if (path !== '/' && path !== '') return 404
  const isViewer = query === VIEWER_QUERY
  // Another page may tell, when it is listed; what all of them tell is for the inspector's own page.
  return isViewer && guest.origin !== null && !guest.isOwn ? 403 : { guest, isViewer }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
}

function refuse(socket: Duplex, status: number): void {
  // Not left half open for one who does not hang up.
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
