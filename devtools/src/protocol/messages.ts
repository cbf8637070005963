import type { CommandName } from '../recorder/commands'
import type { TokenRecord } from '../recorder/record'

/**
 * What an app and the inspector say to each other, one JSON text frame a message. An unknown kind or version is
 * ignored, so that either side may be newer.
 */
export const CHANNEL = 'livekit-token-devtools'
export const PROTOCOL_VERSION = 1

export interface Envelope {
  readonly channel: typeof CHANNEL
  readonly version: typeof PROTOCOL_VERSION
}

export const ENVELOPE: Envelope = { channel: CHANNEL, version: PROTOCOL_VERSION }

/** How many records one message holds at most. */
export const MAX_BATCH = 200

/** A frame with more bytes than this ends the connection that it comes by, on either side. */
export const MAX_FRAME_BYTES = 1_000_000

/** The first word of an app. `app` stays the same over reconnects, so that nothing is told twice. */
export interface Hello extends Envelope {
  readonly kind: 'hello'
  /** 16 to 64 URL-safe characters, random, new for each `connectInspector`. */
  readonly app: string
  readonly allowCommands: boolean
}

/** In ascending order of `sequence`; at most 200 a message. */
export interface Records extends Envelope {
  readonly kind: 'records'
  readonly records: readonly TokenRecord[]
}

/** The recorder was cleared: what is known of this app goes. */
export interface Cleared extends Envelope {
  readonly kind: 'cleared'
}

/** The answer to `hello`: send what comes after that sequence number (0 for all). */
export interface Attach extends Envelope {
  readonly kind: 'attach'
  readonly since: number
}

/** `lifecycle` is `<storeId>/<lifecycle>`. */
export interface Command extends Envelope {
  readonly kind: 'command'
  readonly id: number
  readonly lifecycle: string
  readonly name: CommandName
}

/** Whether the command was let in; what became of it is in the records. */
export interface CommandResult extends Envelope {
  readonly kind: 'result'
  readonly id: number
  readonly ok: boolean
}

export type FromApp = Hello | Records | Cleared | CommandResult
export type ToApp = Attach | Command
