import type { TokenStatus } from 'livekit-token-store'
import type { TokenRecord } from '../../recorder/record'

export interface ChartModel {
  /** How often each state was entered. */
  readonly entries: ReadonlyMap<TokenStatus, number>
  /** How often each way was taken, by `from to`. */
  readonly ways: ReadonlyMap<string, number>
  /** The way taken last, as `from to`. */
  readonly last: string | null
}

/** Of the records of one lifecycle. */
export function chartOf(own: readonly TokenRecord[]): ChartModel {
  const entries = new Map<TokenStatus, number>()
  const ways = new Map<string, number>()
  let last: string | null = null
  for (const { from, to } of own) {
    if (!from || !to) continue
    last = `${from} ${to}`
    entries.set(to, (entries.get(to) ?? 0) + 1)
    ways.set(last, (ways.get(last) ?? 0) + 1)
  }
  return { entries, ways, last }
}
