import type { TokenRecord } from '../../recorder/record'
import { countUntil, type Moment } from '../model/past'

/** Where a pointer put the scrubber. */
export function momentAt(records: readonly TokenRecord[], at: number): Moment {
  let last = records.length - 1
  while (last >= 0 && records[last]!.at > at) last -= 1
  return { sequence: records[last]?.sequence ?? 0, at }
}

/** `by` records further from there; null when that is the present. */
export function step(records: readonly TokenRecord[], from: Moment | null, by: number): Moment | null {
  const here = from ? countUntil(records, from.sequence) - 1 : records.length
  const record = records[Math.max(0, here + by)]
  // The last record is not the present: time has gone on since.
  return record ? { sequence: record.sequence, at: record.at } : null
}
