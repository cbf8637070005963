import type { SourceMessage } from '../protocol/viewer'

/** The other end of a connection, in one of the protocols. */
export interface Peer {
  hear(frame: unknown): void
  /** The connection has ended; `lost` says why, when it was cut off here. */
  leave(lost: SourceMessage['lost']): void
}

/** Of a connection, what a peer needs. */
export interface PeerSocket {
  send(text: string): void
  /** Ends it at once. */
  terminate(): void
}
