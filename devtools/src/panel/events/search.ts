import { filterRecords, type RecordOutcome } from '../../recorder/filter-records'
import type { TokenRecord } from '../../recorder/record'

/** The records that pass; '' lets all through. */
export const search = (
  records: readonly TokenRecord[],
  text: string,
  store: string,
  type: string,
  outcome: string,
): readonly TokenRecord[] =>
  filterRecords(records, {
    text,
    stores: only(store),
    types: only(type as TokenRecord['type']),
    outcomes: only(outcome as RecordOutcome),
  })

const only = <Value extends string>(value: Value): Value[] => (value ? [value] : [])
