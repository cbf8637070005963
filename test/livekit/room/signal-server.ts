import type { AddressInfo } from 'node:net'
import {
  type DisconnectReason,
  JoinResponse,
  LeaveRequest,
  LeaveRequest_Action,
  ParticipantInfo,
  ReconnectResponse,
  Room as RoomInfo,
  RoomMovedResponse,
  ServerInfo,
  SignalResponse,
} from '@livekit/protocol'
import { type WebSocket, WebSocketServer } from 'ws'

type Message = ConstructorParameters<typeof SignalResponse>[0] extends infer Given ? Given : never

const send = (socket: WebSocket, message: NonNullable<Message>['message']) =>
  socket.send(new SignalResponse({ message } as Message).toBinary())

/**
 * As much of LiveKit's signal protocol as joins, refreshes a token, moves, cuts the line and leaves on order: what
 * LiveKit's own test server does not do. It takes any token.
 */
export async function startSignalServer() {
  const joins: { token: string; resumed: boolean }[] = []
  let latest: WebSocket | undefined
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise<void>((ready) => server.once('listening', ready))
  server.on('connection', (socket, request) => {
    const { searchParams } = new URL(request.url!, 'http://localhost')
    const resumed = searchParams.get('reconnect') === '1'
    joins.push({ token: searchParams.get('access_token') ?? '', resumed })
    latest = socket
    if (resumed) return send(socket, { case: 'reconnect', value: new ReconnectResponse() })
    const value = new JoinResponse({
      room: new RoomInfo({ sid: 'RM_1', name: 'A' }),
      participant: new ParticipantInfo({ sid: 'PA_1', identity: 'me' }),
      serverInfo: new ServerInfo({ version: '1.13.5', protocol: 16 }),
      pingInterval: 60,
      pingTimeout: 120,
      subscriberPrimary: false,
    })
    send(socket, { case: 'join', value })
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The signal connections so far, with the token that each came with. */
    joins: joins as readonly { token: string; resumed: boolean }[],
    refreshToken: (token: string) => send(latest!, { case: 'refreshToken', value: token }),
    move: (name: string, token: string) =>
      send(latest!, {
        case: 'roomMoved',
        value: new RoomMovedResponse({ room: new RoomInfo({ sid: 'RM_2', name }), token }),
      }),
    /** Cuts the line without a word. */
    drop: () => latest!.terminate(),
    leave: (reason: DisconnectReason, action = LeaveRequest_Action.DISCONNECT) =>
      send(latest!, { case: 'leave', value: new LeaveRequest({ reason, action }) }),
    async stop() {
      for (const socket of server.clients) socket.terminate()
      await new Promise((closed) => server.close(closed))
    },
  }
}
