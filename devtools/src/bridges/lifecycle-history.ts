import { isLast, keyOf, type TokenRecord } from '../recorder/record'
import { type LifecycleState, nameOf, stateAfter } from './lifecycle-state'

/** A lifecycle that is alive, and the record that it was last heard of by. */
export interface KnownLifecycle {
  readonly key: string
  readonly name: string
  readonly state: LifecycleState
  readonly record: TokenRecord
}

/** By `keyOf`, in the order in which they were first heard of. */
export type KnownLifecycles = ReadonlyMap<string, KnownLifecycle>

/** The lifecycles once that had happened: whoever ended is gone. */
export function lifecyclesAfter(known: KnownLifecycles, record: TokenRecord): KnownLifecycles {
  const key = keyOf(record)
  const next = new Map(known)
  if (isLast(record)) next.delete(key)
  else next.set(key, { key, name: nameOf(record), state: stateAfter(known.get(key)?.state, record), record })
  return next
}

/** Some records, and how everything was before them: enough to tell a tool that comes late. */
export class LifecycleHistory {
  readonly #max: number
  #before: KnownLifecycles = new Map()
  #records: TokenRecord[] = []

  /** Of more records than `max` the oldest are only remembered by what they led to. */
  constructor(max: number) {
    this.#max = max
  }

  get before(): KnownLifecycles {
    return this.#before
  }

  get records(): readonly TokenRecord[] {
    return this.#records
  }

  /** Returns the record that made room for it. */
  add(record: TokenRecord): TokenRecord | undefined {
    this.#records.push(record)
    const oldest = this.#records.length > this.#max ? this.#records.shift() : undefined
    if (oldest) this.#before = lifecyclesAfter(this.#before, oldest)
    return oldest
  }

  /** Goes through the records, each with how everything was after it. */
  replay(tell: (record: TokenRecord, after: KnownLifecycles) => void): void {
    let known = this.#before
    for (const record of this.#records) {
      known = lifecyclesAfter(known, record)
      tell(record, known)
    }
  }

  /** Takes the records out one by one, each with what it led to. */
  drain(tell: (record: TokenRecord, state: LifecycleState) => void): void {
    for (let record = this.#records.shift(); record; record = this.#records.shift()) {
      const state = stateAfter(this.#before.get(keyOf(record))?.state, record)
      this.#before = lifecyclesAfter(this.#before, record)
      tell(record, state)
    }
  }

  /** From here on what happened is the past: only what it led to counts. */
  settle(): void {
    this.#before = this.#records.reduce(lifecyclesAfter, this.#before)
    this.#records = []
  }
}
