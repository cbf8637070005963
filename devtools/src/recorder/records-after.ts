import type { TokenRecord } from './record'

/** The records that come after that sequence number; looks no further back than it must. */
export function recordsAfter(records: readonly TokenRecord[], sequence: number): readonly TokenRecord[] {
  let start = records.length
  while (start > 0 && (records[start - 1]?.sequence ?? 0) > sequence) start -= 1
  return records.slice(start)
}
