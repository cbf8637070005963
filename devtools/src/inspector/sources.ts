import type { Clock } from 'livekit-token-store'
import { Source, type SourceDescription } from './source'

/** More than can be connected at once, so that the oldest is one that has left. */
const MAX_SOURCES = 40

/** All who tell, and who told and left; bounded. */
export class Sources {
  readonly #sources = new Map<string, Source>()
  readonly #clock: Clock
  readonly #listeners = new Set<() => void>()
  #count = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  open(description: SourceDescription): Source {
    this.#count += 1
    const id = `${description.protocol}-${this.#count}`
    const source = new Source(id, description, this.#clock, () => this.#changed())
    this.#sources.set(source.id, source)
    if (this.#sources.size > MAX_SOURCES) this.#forgetOne()
    this.#changed()
    return source
  }

  get(id: string): Source | undefined {
    return this.#sources.get(id)
  }

  /** Oldest first. */
  all(): Iterable<Source> {
    return this.#sources.values()
  }

  /** Tells of every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #forgetOne(): void {
    const sources = [...this.#sources.values()]
    const oldest = sources.find(({ connected }) => !connected) ?? sources[0]
    if (oldest) this.#sources.delete(oldest.id)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
