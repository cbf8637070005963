import type { TokenStatus } from 'livekit-token-store'
import type { TokenRecord } from '../../recorder/record'
import { keyOf } from '../model/lives'

export interface ChartModel {
  /** How often each state was entered. */
  readonly entries: ReadonlyMap<TokenStatus, number>
  /** How often each way was taken, by `from to`. */
  readonly ways: ReadonlyMap<string, number>
  /** The way taken last, as `from to`. */
  readonly last: string | null
}

/** Of one lifecycle, as far as its records go back. */
export function chartOf(records: readonly TokenRecord[], key: string | null): ChartModel {
  const entries = new Map<TokenStatus, number>()
  const ways = new Map<string, number>()
  let last: string | null = null
  for (const record of records) {
    const { from, to } = record
    if (!from || !to || keyOf(record) !== key) continue
    last = `${from} ${to}`
    entries.set(to, (entries.get(to) ?? 0) + 1)
    ways.set(last, (ways.get(last) ?? 0) + 1)
  }
  return { entries, ways, last }
}
