/** A frame as it is kept and sent: the JSON of it, masked. */
export interface KeptFrame {
  readonly seq: number
  /** ms since the epoch. */
  readonly at: number
  readonly text: string
}

/** Frames in the order of their numbers, bounded by count and by characters: the oldest make room. */
export class BoundedFrames {
  readonly #maxFrames: number
  readonly #maxCharacters: number
  #frames: KeptFrame[] = []
  /** Where the oldest is: taking one away from the front of an array moves all the others. */
  #start = 0
  #characters = 0

  constructor(maxFrames: number, maxCharacters: number) {
    this.#maxFrames = maxFrames
    this.#maxCharacters = maxCharacters
  }

  push(frame: KeptFrame): void {
    this.#frames.push(frame)
    this.#characters += frame.text.length
    while (this.#frames.length - this.#start > this.#maxFrames || this.#characters > this.#maxCharacters)
      this.#shift()
    this.#compact()
  }

  get characters(): number {
    return this.#characters
  }

  /** False when there is none. */
  dropOldest(): boolean {
    if (this.#start === this.#frames.length) return false
    this.#shift()
    this.#compact()
    return true
  }

  /** The first with a higher number. */
  after(seq: number): KeptFrame | undefined {
    let low = this.#start
    let high = this.#frames.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#frames[middle]?.seq ?? 0) > seq) high = middle
      else low = middle + 1
    }
    return this.#frames[low]
  }

  clear(): void {
    this.#frames = []
    this.#start = this.#characters = 0
  }

  /** At half, so that what is dropped never holds more memory than what is kept. */
  #compact(): void {
    if (this.#start * 2 <= this.#frames.length) return
    this.#frames = this.#frames.slice(this.#start)
    this.#start = 0
  }

  #shift(): void {
    this.#characters -= this.#frames[this.#start]?.text.length ?? 0
    this.#start += 1
  }
}
