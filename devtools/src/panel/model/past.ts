import type { TokenRecord } from '../../recorder/record'

/** A moment of the past that is looked at: the last record by then, and the time itself. */
export interface Moment {
  readonly sequence: number
  readonly at: number
}

/** What was known at that moment. */
export function recordsUntil(
  records: readonly TokenRecord[],
  sequence: number | null,
): readonly TokenRecord[] {
  if (sequence === null) return records
  // What was known then has made room since: the oldest that is left says the most. Before the first there is nothing.
  const oldest = sequence > 0 ? (records[0]?.sequence ?? 0) : 0
  return records.slice(0, countUntil(records, Math.max(sequence, oldest)))
}

/** That of a record; before the first of them there is the beginning. */
export function momentOf(records: readonly TokenRecord[], sequence: number): Moment | null {
  const record = records[countUntil(records, sequence) - 1] ?? records[0]
  return record ? { sequence: Math.min(sequence, record.sequence), at: record.at } : null
}

/** How many records there were by then. */
export function countUntil(records: readonly TokenRecord[], sequence: number): number {
  let [least, most] = [0, records.length]
  while (least < most) {
    const middle = (least + most) >> 1
    if (records[middle]!.sequence > sequence) most = middle
    else least = middle + 1
  }
  return least
}
