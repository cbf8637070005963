import { BoundedFrames, type KeptFrame } from './bounded-frames'

const MAX_FRAMES = 10_000
const MAX_CHARACTERS = 3_000_000
const MAX_REGISTRATIONS = 200
const MAX_REGISTRATION_CHARACTERS = 2_000_000

/**
 * What a source told, bounded. What introduces a machine has a place of its own: it comes first, and without it a
 * viewer that comes late could not draw what it sees.
 */
export class FrameLog {
  readonly #story = new BoundedFrames(MAX_FRAMES, MAX_CHARACTERS)
  readonly #registrations = new BoundedFrames(MAX_REGISTRATIONS, MAX_REGISTRATION_CHARACTERS)
  #last = 0

  /** The number of the last frame that was told; they rise from 1, also over `clear`. */
  get last(): number {
    return this.#last
  }

  push(text: string, at: number, isRegistration = false): void {
    this.#last += 1
    const log = isRegistration ? this.#registrations : this.#story
    log.push({ seq: this.#last, at, text })
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
