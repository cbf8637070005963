/** Of a WebSocket, what a connection needs. */
export interface SocketLike {
  /** Bytes that wait to be sent. */
  readonly bufferedAmount: number
  /** Never throws; what can no longer be sent is lost. */
  send(text: string): void
  close(): void
}

/** What a socket tells. `closed` comes last, whatever went wrong, and for one that never opened too. */
export interface SocketEvents {
  opened(): void
  heard(data: unknown): void
  closed(): void
}

/** Opens a WebSocket, and tells nothing before it has returned; the browser's form and Node's are two of these. */
export type OpenSocket = (url: string, events: SocketEvents) => SocketLike
