import type { Clock, TokenStore } from 'livekit-token-store'
import type { Observable } from 'rxjs'
import type { CommandName } from './commands'
import type { TokenRecord } from './record'

export interface RecorderOptions {
  /** How many records are kept; the oldest go first. Default: 500. */
  maxRecords?: number | undefined
  /** How many bytes of JSON they may be together. Default: 1,000,000. */
  maxBytes?: number | undefined
  /** Whether `command` does anything but throw. Default: false. */
  allowCommands?: boolean | undefined
  /** Stamps what a recorder finds when it is attached; all else has its store's time. Default: the machine's. */
  clock?: Clock | undefined
}

/** What a panel tells about the recorder itself. */
export interface RecorderStatus {
  readonly paused: boolean
  /** Whether an imported session is shown in place of what happens. */
  readonly imported: boolean
  /** How many records made room for newer ones since the last `clear`. */
  readonly dropped: number
  readonly allowCommands: boolean
  /** How many records are kept at most. */
  readonly maxRecords: number
}

/** Watches stores without touching them, and keeps what happened. */
export interface Recorder {
  /**
   * Records that store from now on; returns what stops it. Attaching changes nothing in the store, and twice is once:
   * any of those who attached it stops it for all.
   *
   * @throws TypeError for what is no store, or one that is older than its devtools.
   */
  attach(store: TokenStore): () => void
  detach(store: TokenStore): void
  /** What happens until `resume` is not kept, but for commands. */
  pause(): void
  /** How each lifecycle is by now is told by an 'attached' record, where something of it was missed. */
  resume(): void
  /** Forgets all records; an imported session gives way to the live one. */
  clear(): void
  /** All that is kept, oldest first; present value first. A new array for each change, records never change. */
  readonly records$: Observable<readonly TokenRecord[]>
  /** Present value first. */
  readonly status$: Observable<RecorderStatus>
  /**
   * A session file: JSON of `{ format, version, records }`, safe to attach to a ticket. It is at most 50,000,000
   * characters: of more records it has the newest.
   */
  export(): string
  /**
   * Shows a session file until `clear`; never touches a store.
   *
   * @throws TypeError when it is anything else, and changes nothing then.
   */
  import(text: string): void
  /**
   * `lifecycle` is a record's `lifecycle`; with several stores attached `<storeId>/<lifecycle>`.
   *
   * @throws Error unless `allowCommands`. TypeError for a lifecycle or a command that there is not.
   */
  command(lifecycle: string, name: CommandName): void
}
