import { ConnectionState, DisconnectReason, Room, RoomEvent } from 'livekit-client'

/** livekit-client's own Room without its network: it connects at once with any token, and tells so as ever. */
export class OfflineRoom extends Room {
  /** The tokens of `connect`, in order. */
  readonly connects: string[] = []
  /** The tokens of `prepareConnection`, in order. */
  readonly prepared: string[] = []

  override connect: Room['connect'] = async (_url, token) => {
    this.connects.push(token)
    this.#become(ConnectionState.Connecting)
    this.#become(ConnectionState.Connected)
    this.emit(RoomEvent.Connected)
  }

  override disconnect: Room['disconnect'] = async () => this.end(DisconnectReason.CLIENT_INITIATED)

  override async prepareConnection(_url: string, token?: string): Promise<void> {
    this.prepared.push(token ?? '')
  }

  /** The server, or the network, ends it. */
  end(reason?: DisconnectReason): void {
    if (this.state === ConnectionState.Disconnected) return
    this.#become(ConnectionState.Disconnected)
    this.emit(RoomEvent.Disconnected, reason)
  }

  #become(state: ConnectionState): void {
    this.state = state
    this.emit(RoomEvent.ConnectionStateChanged, state)
  }
}
