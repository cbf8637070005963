/** A frame as it is kept and sent: the JSON of it, masked. */
export interface KeptFrame {
  readonly seq: number
  /** ms since the epoch. */
  readonly at: number
  readonly text: string
}

/** Frames in the order of their numbers, bounded by count and by bytes: the oldest make room. */
export class BoundedFrames {
  readonly #maxFrames: number
  readonly #maxBytes: number
  #frames: KeptFrame[] = []
  /** Where the oldest is: taking one away from the front of an array moves all the others. */
  #start = 0
  #bytes = 0

  constructor(maxFrames: number, maxBytes: number) {
    this.#maxFrames = maxFrames
    this.#maxBytes = maxBytes
  }

  push(frame: KeptFrame): void {
    this.#frames.push(frame)
    this.#bytes += frame.text.length
    while (this.#frames.length - this.#start > this.#maxFrames || this.#bytes > this.#maxBytes) this.#shift()
    // At half, so that what is dropped never holds more memory than what is kept.
    if (this.#start * 2 > this.#frames.length) {
      this.#frames = this.#frames.slice(this.#start)
      this.#start = 0
    }
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
    this.#start = this.#bytes = 0
  }

  #shift(): void {
    this.#bytes -= this.#frames[this.#start]?.text.length ?? 0
    this.#start += 1
  }
}
