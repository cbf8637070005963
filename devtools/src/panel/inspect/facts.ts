import { diffViews, type ViewChange } from '../../recorder/diff-views'
import { keyOf, type TokenRecord } from '../../recorder/record'
import { clockTime } from '../model/clock-time'
import { dateTime } from '../model/date-time'
import { relative } from '../model/duration'
import { countUntil } from '../model/past'

const isTime = (field: string) => field.endsWith('At') || field === 'notBefore'

/** A field's value as text; a time at its full length and from the moment that is looked at. */
export function shownValue(field: string, value: unknown, now: number): string {
  if (value === undefined || value === null) return '–'
  if (isTime(field)) return `${clockTime(value as number)} (${relative((value as number) - now)})`
  return Array.isArray(value) ? value.join(', ') : String(value)
}

export const exactValue = (field: string, value: unknown): string | null =>
  isTime(field) && typeof value === 'number' ? dateTime(value) : null

/** The record before it in the same lifecycle. */
export function previousOf(records: readonly TokenRecord[], record: TokenRecord): TokenRecord | null {
  const key = keyOf(record)
  let index = countUntil(records, record.sequence - 1) - 1
  while (index >= 0 && keyOf(records[index]!) !== key) index -= 1
  return records[index] ?? null
}

/** What changed in the token's view with this record; of a lifecycle's first record nothing is known to have. */
export function changesOf(records: readonly TokenRecord[], record: TokenRecord): readonly ViewChange[] {
  const previous = previousOf(records, record)
  if (!previous) return []
  // What a token does not say is no change from having no token.
  return diffViews(previous.view, record.view).filter(
    ({ before, after }) => (before ?? null) !== (after ?? null),
  )
}
