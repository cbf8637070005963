import type { TokenRecord } from '../recorder/record'
import type { Source } from './source'
import type { Sources } from './sources'

/** What it is called before its first record names a store. */
const NAMELESS = 'tokens'

/** A source of records: an app that may come and go, or a recorder. Takes each record once. */
export class TokenSource {
  readonly source: Source
  readonly #stores = new Set<string>()
  #last = 0

  constructor(sources: Sources, origin: string | null) {
    this.source = sources.open({ protocol: 'livekit-token', name: NAMELESS, origin })
  }

  /** The sequence number of the last record; what comes after it is news. */
  get last(): number {
    return this.#last
  }

  /** In ascending order of `sequence`. */
  add(records: readonly TokenRecord[]): void {
    for (const record of records) {
      if (record.sequence <= this.#last) continue
      this.#last = record.sequence
      this.#nameAfter(record.store)
      this.source.push(record)
    }
  }

  clear(): void {
    this.#last = 0
    this.source.clear()
  }

  #nameAfter(store: string): void {
    // More names than that would not be shown.
    if (this.#stores.has(store) || this.#stores.size >= 10) return
    this.#stores.add(store)
    this.source.rename([...this.#stores].join(', '))
  }
}
