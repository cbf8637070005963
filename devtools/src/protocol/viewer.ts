import type { CommandName } from '../recorder/commands'
import type { TokenRecord } from '../recorder/record'
import type { Envelope } from './messages'
import type { XState4Frame, XState5Frame } from './xstate-frames'

/**
 * What the inspector's server and its page, a viewer, say to each other, one JSON text frame a message, over a
 * WebSocket at the page's own URL with the query `?role=viewer`.
 *
 * The viewer speaks first: `watch`, with the number of the last frame that it has of each source. The server
 * answers `welcome`, then a `source` and its frames for each source, then what happens. A viewer that lost the
 * connection says `watch` again with what it has, and is told nothing twice; of what it has from a server that is no
 * more it is told that it is gone. One that reads slowly loses the oldest frames, as a late one does, and nothing else. An unknown kind or version is ignored on either side.
 */
export const VIEWER_QUERY = 'role=viewer'

/** What a source speaks: our records, `@xstate/inspect`'s frames or `@statelyai/inspect`'s. */
export type SourceProtocol = 'livekit-token' | 'xstate-4' | 'xstate-5'

/** The first word of the server. */
export interface Welcome extends Envelope {
  readonly kind: 'welcome'
  /** Whose windows may send to the page by `postMessage`, besides its own origin; exact origins. */
  readonly allowedOrigins: readonly string[]
}

/** A source as it is now; told before its first frame and whenever something here changes. */
export interface SourceMessage extends Envelope {
  readonly kind: 'source'
  /** At most 40 characters. Never used again for another one, not by a server that starts at the same URL either. */
  readonly source: string
  readonly protocol: SourceProtocol
  /** For people, at most 80 characters: the stores' names, or the machine's; `lobby (2)` where there is a `lobby`. */
  readonly name: string
  /** The page it comes from; null for a program. */
  readonly origin: string | null
  /** False once it has left; what it told stays. */
  readonly connected: boolean
  /** Why the inspector itself has cut it off; null when it did not. */
  readonly lost: 'frame-too-big' | null
  /** Whether a `command` has a chance; only of 'livekit-token'. */
  readonly allowCommands: boolean
  /** Frames up to this number were cleared at the source: forget them. 0 when there were none. */
  readonly cleared: number
}

/** The protocol of its source tells what `frame` is: a TokenRecord, an XState4Frame or an XState5Frame. */
export interface FrameMessage extends Envelope {
  readonly kind: 'frame'
  readonly source: string
  /** Rises within a source, from 1; a gap is what the server no longer had. */
  readonly seq: number
  /** When the inspector heard it, ms since the epoch by its own clock. */
  readonly at: number
  readonly frame: TokenRecord | XState4Frame | XState5Frame
}

/** The server has forgotten that source, to make room for newer ones. */
export interface Gone extends Envelope {
  readonly kind: 'gone'
  readonly source: string
}

/** The answer to a viewer's command: whether it was let in; what became of it is in the records. */
export interface ViewerResult extends Envelope {
  readonly kind: 'result'
  readonly id: number
  readonly ok: boolean
}

/** The first word of a viewer. */
export interface Watch extends Envelope {
  readonly kind: 'watch'
  /** By source, the `seq` of the last frame that it has; a source that is absent is told from its start. */
  readonly since: Readonly<Record<string, number>>
}

/**
 * Sent on only to a connected source with `allowCommands`. A `result` with the same `id` follows in any case, also when
 * there is no such command.
 */
export interface ViewerCommand extends Envelope {
  readonly kind: 'command'
  readonly id: number
  readonly source: string
  /** `<storeId>/<lifecycle>`. */
  readonly lifecycle: string
  readonly name: CommandName
}

export type ToViewer = Welcome | SourceMessage | FrameMessage | Gone | ViewerResult
export type FromViewer = Watch | ViewerCommand
