import { readXState4, readXState5 } from '../protocol/read-xstate-frames'
import type { SourceMessage } from '../protocol/viewer'
import type { XState4Frame, XState5Frame } from '../protocol/xstate-frames'
import type { Peer } from './peer'
import type { Source } from './source'
import type { Sources } from './sources'

/** What it is called before a machine has told its name. */
const NAMELESS = 'machines'

/** Machines that tell by `@xstate/inspect`'s protocol or by `@statelyai/inspect`'s; they are never told anything. */
export class XStatePeer implements Peer {
  readonly #sources: Sources
  readonly #source: Source
  readonly #read: (frame: unknown) => XState4Frame | XState5Frame | null
  #named = false

  constructor(protocol: 'xstate-4' | 'xstate-5', sources: Sources, origin: string | null) {
    this.#read = protocol === 'xstate-4' ? readXState4 : readXState5
    this.#sources = sources
    this.#source = sources.open({ protocol, name: NAMELESS, origin })
  }

  hear(frame: unknown): void {
    const known = this.#read(frame)
    if (!known) return
    const name = nameIn(known)
    if (name !== null && !this.#named) this.#source.rename(name)
    this.#named ||= name !== null
    this.#source.push(known, introducesMachine(known) ? known.sessionId : null)
    if (isEnd(known)) this.#source.frames.end(known.sessionId)
  }

  leave(lost: SourceMessage['lost']): void {
    this.#source.leave(lost)
  }

  /** Whether its source has made room for newer ones. */
  get isForgotten(): boolean {
    return this.#sources.get(this.#source.id) === undefined
  }

  /** The same address again: what it tells begins anew, in the same place. */
  comeBack(): void {
    this.#named = false
    this.#source.clear()
    this.#source.enter(null)
  }
}

/** What the machine that a frame introduces is called; null for a frame that introduces none. */
function nameIn(frame: XState4Frame | XState5Frame): string | null {
  if (frame.type === '@xstate.actor') return frame.name
  if (frame.type !== 'service.register') return null
  const { id } = (JSON.parse(frame.machine) ?? {}) as { id?: unknown }
  return frame.id ?? (typeof id === 'string' ? id : NAMELESS)
}

function isEnd(frame: XState4Frame | XState5Frame): boolean {
  if (frame.type === 'service.stop') return true
  if (!('snapshot' in frame)) return false
  const { status } = (frame.snapshot ?? {}) as { status?: unknown }
  return status === 'done' || status === 'error' || status === 'stopped'
}

/** An actor that is no machine has nothing to draw, and of those there may be one for each promise. */
const introducesMachine = (frame: XState4Frame | XState5Frame): boolean =>
  frame.type === 'service.register' ||
  (frame.type === '@xstate.actor' && frame.definition?.includes('"states"') === true)
