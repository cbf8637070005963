import type { Clock } from 'livekit-token-store'
import { ENVELOPE } from '../protocol/messages'
import type { SourceMessage } from '../protocol/viewer'
import type { CommandName } from '../recorder/commands'
import { maskTokens } from '../recorder/tripwire'
import { FrameLog } from './frame-log'

const MAX_NAME = 80

/** Resolves to whether the command was let in. */
export type SendCommand = (lifecycle: string, name: CommandName) => Promise<boolean>

export type SourceDescription = Pick<SourceMessage, 'protocol' | 'name' | 'origin'>

/** One who tells: an app, another's machines on one connection, or a recorder in this process. */
export class Source {
  readonly id: string
  readonly frames = new FrameLog()
  readonly #clock: Clock
  readonly #changed: () => void
  #about: Omit<SourceMessage, keyof typeof ENVELOPE | 'kind' | 'source'>
  #revision = 1
  #command: SendCommand | null = null

  constructor(id: string, { protocol, name, origin }: SourceDescription, clock: Clock, changed: () => void) {
    this.id = id
    this.#clock = clock
    this.#changed = changed
    this.#about = { protocol, name, origin, connected: true, allowCommands: false, cleared: 0 }
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
  push(frame: object, { isRegistration = false } = {}): void {
    this.frames.push(maskTokens(JSON.stringify(frame)), this.#clock.now(), isRegistration)
    this.#changed()
  }

  rename(name: string): void {
    const shown = maskTokens(name)
    this.#become({ name: shown.length > MAX_NAME ? `${shown.slice(0, MAX_NAME - 1)}…` : shown })
  }

  /** It is there, or there again. `command` is null when it takes none. */
  enter(command: SendCommand | null): void {
    this.#command = command
    this.#become({ connected: true, allowCommands: command !== null })
  }

  /** It has left; what it told stays. */
  leave(): void {
    this.#command = null
    this.#become({ connected: false, allowCommands: false })
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
    this.#changed()
  }
}
