import { randomUUID } from 'node:crypto'
import type { Clock } from 'livekit-token-store'
import { Source, type SourceDescription } from './source'

/** More than can be connected at once, so that the oldest is one that has left. */
const MAX_SOURCES = 40
/** Of all of them together, and twice as many bytes where they are not of Latin 1. */
const MAX_CHARACTERS = 30_000_000

/** All who tell, and who told and left; bounded. */
export class Sources {
  readonly #sources = new Map<string, Source>()
  readonly #clock: Clock
  readonly #maxCharacters: number
  readonly #listeners = new Set<() => void>()
  /** A viewer that comes back may come to another inspector, at the same URL: its places are no places here. */
  readonly #run = randomUUID().slice(0, 8)
  #count = 0

  constructor(clock: Clock, maxCharacters = MAX_CHARACTERS) {
    this.#clock = clock
    this.#maxCharacters = maxCharacters
  }

  open(description: SourceDescription): Source {
    this.#count += 1
    const id = `${description.protocol}-${this.#run}-${this.#count}`
    const source = new Source(id, description, {
      clock: this.#clock,
      taken: () => this.#namesBut(id),
      changed: () => {
        this.#makeRoom()
        this.#changed()
      },
    })
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

  #namesBut(id: string): Set<string> {
    const others = [...this.#sources.values()].filter((source) => source.id !== id)
    return new Set(others.map(({ message }) => message.name))
  }

  #forgetOne(): void {
    const sources = [...this.#sources.values()]
    const oldest = sources.find(({ connected }) => !connected) ?? sources[0]
    if (oldest) this.#sources.delete(oldest.id)
  }

  /** The biggest gives way: it has the most to lose and still most of it. What introduces machines goes last. */
  #makeRoom(): void {
    const all = [...this.#sources.values()].map(({ frames }) => frames)
    const sum = () => all.reduce((characters, frames) => characters + frames.characters, 0)
    for (let over = sum() > this.#maxCharacters; over; over = sum() > this.#maxCharacters) {
      all.sort((a, b) => b.characters - a.characters)
      if (all.some((frames) => frames.dropOldest())) continue
      if (!all.some((frames) => frames.dropRegistration())) return
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
