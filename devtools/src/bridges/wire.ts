import type { Clock } from 'livekit-token-store'
import type { CheckedAddress } from './inspector-address'
import { dialSocket } from './socket-wire'
import { openWindow } from './window-wire'

/** The way to one inspector and from it. */
export interface Wire {
  /** Whether what is sent now goes out: a socket may be ending, or be there no more. */
  readonly open: boolean
  send(message: object): void
  /** Takes back what was opened, but for a window, which stays its user's. */
  close(): void
}

export interface WireListener {
  /** A socket is open; a window tells by a message of its protocol. */
  onOpen(): void
  onClose(): void
  /** From the inspector alone; whatever it is. */
  onMessage(data: unknown): void
}

export const openWire = (address: CheckedAddress, listener: WireListener, clock: Clock): Wire =>
  address.socket ? dialSocket(address.url, listener, clock) : openWindow(address, listener)
