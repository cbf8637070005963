import { BoundedFrames, type KeptFrame } from './bounded-frames'
import { Registrations } from './registrations'

const MAX_FRAMES = 10_000
const MAX_CHARACTERS = 3_000_000

/**
 * What a source told, bounded. What introduces a machine has a place of its own: it comes first, and without it a
 * viewer that comes late could not draw what it sees.
 */
export class FrameLog {
  readonly #story = new BoundedFrames(MAX_FRAMES, MAX_CHARACTERS)
  readonly #registrations = new Registrations()
  #last = 0

  /** The number of the last frame that was told; they rise from 1, also over `clear`. */
  get last(): number {
    return this.#last
  }

  /** How much of it there is. */
  get characters(): number {
    return this.#story.characters + this.#registrations.characters
  }

  /** `introduces` is the actor whose machine it introduces, if it does. */
  push(text: string, at: number, introduces: string | null = null): void {
    this.#last += 1
    const frame = { seq: this.#last, at, text }
    if (introduces === null) this.#story.push(frame)
    else this.#registrations.push(introduces, frame)
  }

  /** Of that actor nothing more will be told. */
  end(actor: string): void {
    this.#registrations.end(actor)
  }

  /** The oldest makes room for other sources'. False when there is none but what introduces machines. */
  dropOldest(): boolean {
    return this.#story.dropOldest()
  }

  /** Likewise of what introduces machines. */
  dropRegistration(): boolean {
    return this.#registrations.dropOne()
  }

  /** The next frame that is still there. */
  after(seq: number): KeptFrame | undefined {
    const told = this.#story.after(seq)
    const registration = this.#registrations.after(seq)
    return told && registration ? (told.seq < registration.seq ? told : registration) : (told ?? registration)
  }

  clear(): void {
    this.#story.clear()
    this.#registrations.clear()
  }
}
