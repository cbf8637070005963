/** What Chrome's Performance panel has for colours. */
export type TrackColor =
  | 'primary'
  | 'primary-light'
  | 'primary-dark'
  | 'secondary'
  | 'secondary-light'
  | 'secondary-dark'
  | 'tertiary'
  | 'tertiary-light'
  | 'tertiary-dark'
  | 'error'

/** `detail.devtools` of a measure or mark: https://developer.chrome.com/docs/devtools/performance/extension */
export interface TrackEntry {
  readonly dataType: 'track-entry'
  readonly track: string
  readonly trackGroup: string
  readonly color: TrackColor
  readonly properties: readonly (readonly [name: string, value: string])[]
  readonly tooltipText: string
}

/** As much of `performance` as is used. */
export type UserTiming = Pick<Performance, 'mark' | 'measure' | 'clearMarks' | 'clearMeasures'>

/** The browser drops none of a page's own entries: beyond so many, ours go and it begins anew. */
const MAX_ENTRIES = 1_000

/**
 * Writes entries and clears them away. A profile that is being recorded has an entry from the moment that it is
 * written, so clearing takes nothing from it.
 */
export class TrackEntries {
  readonly #timing: UserTiming
  readonly #names = new Set<string>()
  #count = 0

  constructor(timing: UserTiming) {
    this.#timing = timing
  }

  /** Times are of `performance.now()`. */
  measure(name: string, [start, end]: readonly [number, number], entry: TrackEntry): void {
    this.#makeRoomFor(name)
    this.#timing.measure(name, { start, end: Math.max(start, end), detail: { devtools: entry } })
  }

  mark(name: string, startTime: number, entry: TrackEntry): void {
    this.#makeRoomFor(name)
    this.#timing.mark(name, { startTime, detail: { devtools: entry } })
  }

  clear(): void {
    for (const name of this.#names) {
      this.#timing.clearMeasures(name)
      this.#timing.clearMarks(name)
    }
    this.#names.clear()
    this.#count = 0
  }

  #makeRoomFor(name: string): void {
    if (this.#count >= MAX_ENTRIES) this.clear()
    this.#count += 1
    this.#names.add(name)
  }
}
