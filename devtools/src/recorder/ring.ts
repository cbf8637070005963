/** A list that is bounded by count and by bytes: the oldest make room. */
export class Ring<Item> {
  readonly #items: Item[] = []
  readonly #sizes: number[] = []
  readonly #maxItems: number
  readonly #maxBytes: number
  /** Where the oldest is: taking one away from the front of an array moves all the others. */
  #start = 0
  #bytes = 0
  #dropped = 0

  constructor(maxItems: number, maxBytes: number) {
    this.#maxItems = maxItems
    this.#maxBytes = maxBytes
  }

  /** How many made room since the last `clear`. */
  get dropped(): number {
    return this.#dropped
  }

  /** A copy, oldest first. */
  toArray(): readonly Item[] {
    return this.#items.slice(this.#start)
  }

  /** An item that is too big by itself is dropped at once: it must not take the others with it. */
  push(item: Item, bytes: number): void {
    if (bytes > this.#maxBytes) {
      this.#dropped += 1
      return
    }
    this.#items.push(item)
    this.#sizes.push(bytes)
    this.#bytes += bytes
    while (this.#items.length - this.#start > this.#maxItems || this.#bytes > this.#maxBytes) this.#shift()
    if (this.#start * 2 > this.#items.length) this.#compact()
  }

  clear(): void {
    this.#items.length = this.#sizes.length = this.#start = this.#bytes = this.#dropped = 0
  }

  #shift(): void {
    this.#bytes -= this.#sizes[this.#start] ?? 0
    this.#start += 1
    this.#dropped += 1
  }

  #compact(): void {
    this.#items.splice(0, this.#start)
    this.#sizes.splice(0, this.#start)
    this.#start = 0
  }
}
