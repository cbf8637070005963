import type { Clock } from 'livekit-token-store'
import { ENVELOPE } from '../protocol/messages'
import type { SourceMessage } from '../protocol/viewer'
import type { CommandName } from '../recorder/commands'
import { maskTokens } from '../recorder/tripwire'
import { FrameLog } from './frame-log'
import { freeName } from './free-name'

/** Resolves to whether the command was let in. */
export type SendCommand = (lifecycle: string, name: CommandName) => Promise<boolean>

export type SourceDescription = Pick<SourceMessage, 'protocol' | 'name' | 'origin'>

/** Of those who look after a source, what it needs. */
export interface SourceKeeper {
  readonly clock: Clock
  /** What the others are called. */
  taken(): ReadonlySet<string>
  /** Something is new. */
  changed(): void
}

/** One who tells: an app, another's machines on one connection, or a recorder in this process. */
export class Source {
  readonly id: string
  readonly frames = new FrameLog()
  readonly #keeper: SourceKeeper
  #about: Omit<SourceMessage, keyof typeof ENVELOPE | 'kind' | 'source'>
  #revision = 1
  #command: SendCommand | null = null

  constructor(id: string, { protocol, name, origin }: SourceDescription, keeper: SourceKeeper) {
    this.id = id
    this.#keeper = keeper
    const about = { protocol, name: freeName(name, keeper.taken()), origin }
    this.#about = { ...about, connected: true, allowCommands: false, cleared: 0, lost: null }
  }

  /** Rises with each change of what `message` says. */
  get revision(): number {
    return this.#revision
  }

  get connected(): boolean {
    return this.#about.connected
  }

  get message(): SourceMessage {
    return { ...ENVELOPE, kind: 'source', source: this.id, ...this.#about }
  }

  /** Keeps a frame, with a mask over whatever looks like a token in it. */
  push(frame: object, introduces: string | null = null): void {
    this.frames.push(maskTokens(JSON.stringify(frame)), this.#keeper.clock.now(), introduces)
    this.#keeper.changed()
  }

  rename(name: string): void {
    this.#become({ name: freeName(maskTokens(name), this.#keeper.taken()) })
  }

  /** It is there, or there again. `command` is null when it takes none. */
  enter(command: SendCommand | null): void {
    this.#command = command
    this.#become({ connected: true, allowCommands: command !== null, lost: null })
  }

  /** It has left, or was cut off; what it told stays. */
  leave(lost: SourceMessage['lost'] = null): void {
    this.#command = null
    this.#become({ connected: false, allowCommands: false, lost })
  }

  clear(): void {
    this.frames.clear()
    this.#become({ cleared: this.frames.last })
  }

  async command(lifecycle: string, name: CommandName): Promise<boolean> {
    return this.#command !== null && (await this.#command(lifecycle, name))
  }

  #become(change: Partial<Source['message']>): void {
    const about = { ...this.#about, ...change }
    if (JSON.stringify(about) === JSON.stringify(this.#about)) return
    this.#about = about
    this.#revision += 1
    this.#keeper.changed()
  }
}
