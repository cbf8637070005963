/** The other end of a connection, in one of the protocols. */
export interface Peer {
  hear(frame: unknown): void
  /** The connection has ended. */
  leave(): void
}

/** Of a connection, what a peer needs. */
export interface PeerSocket {
  send(text: string): void
  /** Ends it at once. */
  terminate(): void
}
