import type { KeptFrame } from './bounded-frames'

const MAX_REGISTRATIONS = 200
const MAX_CHARACTERS = 2_000_000

/** What introduced the machines of a source, by actor. The ones that have ended make room first. */
export class Registrations {
  readonly #frames = new Map<string, KeptFrame>()
  readonly #ended = new Set<string>()
  #characters = 0

  get characters(): number {
    return this.#characters
  }

  push(actor: string, frame: KeptFrame): void {
    this.#forget(actor)
    this.#frames.set(actor, frame)
    this.#characters += frame.text.length
    while (this.#frames.size > MAX_REGISTRATIONS || this.#characters > MAX_CHARACTERS) this.dropOne()
  }

  end(actor: string): void {
    if (this.#frames.has(actor)) this.#ended.add(actor)
  }

  /** The first with a higher number. */
  after(seq: number): KeptFrame | undefined {
    for (const frame of this.#frames.values()) if (frame.seq > seq) return frame
    return undefined
  }

  clear(): void {
    this.#frames.clear()
    this.#ended.clear()
    this.#characters = 0
  }

  /** False when there is none. */
  dropOne(): boolean {
    if (this.#frames.size === 0) return false
    // What is as long as an app runs, its root above all, is the oldest.
    const [actor] = this.#ended.size > 0 ? this.#ended : this.#frames.keys()
    this.#forget(actor ?? '')
    return true
  }

  #forget(actor: string): void {
    this.#characters -= this.#frames.get(actor)?.text.length ?? 0
    this.#frames.delete(actor)
    this.#ended.delete(actor)
  }
}
