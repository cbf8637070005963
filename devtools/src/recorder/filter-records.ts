import type { TokenRecord } from './record'

/** How a record stands: what went wrong, what went well, and all else. */
export type RecordOutcome = (typeof OUTCOMES)[number]

const OUTCOMES = ['success', 'failure', 'neutral'] as const

export interface RecordFilter {
  /** Words that must all occur in what the record shows, in any case. */
  readonly text?: string | undefined
  /** `storeId`s. An empty or absent list lets all through, here and below. */
  readonly stores?: readonly string[] | undefined
  readonly types?: readonly TokenRecord['type'][] | undefined
  readonly outcomes?: readonly RecordOutcome[] | undefined
}

/**
 * The records that pass, in their order.
 *
 * @throws TypeError that quotes the part of the filter which is wrong.
 */
export function filterRecords(records: readonly TokenRecord[], filter: RecordFilter): readonly TokenRecord[] {
  if (typeof filter !== 'object' || filter === null) throw new TypeError('"filter" must be an object')
  const { text: sought = '', stores = [], types = [], outcomes = [] } = filter
  if (typeof sought !== 'string') throw new TypeError('"text" must be a string')
  for (const [name, list] of Object.entries({ stores, types, outcomes }))
    if (!Array.isArray(list)) throw new TypeError(`"${name}" must be a list`)
  // A newer app may have other types of events, but a record has one of these outcomes.
  if (!outcomes.every((outcome) => OUTCOMES.includes(outcome)))
    throw new TypeError(`"outcomes" must be a list of ${OUTCOMES.join(', ')}`)
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length + stores.length + types.length + outcomes.length === 0) return records
  return records.filter((record) => {
    if (stores.length > 0 && !stores.includes(record.storeId)) return false
    if (types.length > 0 && !types.includes(record.type)) return false
    if (outcomes.length > 0 && !outcomes.includes(outcomeOf(record))) return false
    return words.every((word) => says(record, word))
  })
}

/** A new token is a success; an attempt that failed, `failed`, and an ended connection with an error are failures. */
export function outcomeOf({ type, to, from, detail }: TokenRecord): RecordOutcome {
  if (type === 'attempt-failed' || type === 'expired-on-arrival' || to === 'failed') return 'failure'
  if (type === 'state' && to === 'valid' && (from === 'fetching' || from === 'refreshing'))
    return detail.code === undefined ? 'success' : 'failure'
  if (type === 'room' && detail.room === 'connected') return 'success'
  if (type === 'room' && detail.room === 'disconnected')
    return detail.roomReason === 'CLIENT_INITIATED' ? 'neutral' : 'failure'
  return 'neutral'
}

/** Field by field: to put ten thousand texts together, or to look them up, would take longer. */
const says = (
  { store, lifecycle, type, from, to, view, request, detail }: TokenRecord,
  word: string,
): boolean =>
  has(type, word) ||
  has(from, word) ||
  has(to, word) ||
  has(store, word) ||
  has(`#${lifecycle}`, word) ||
  has(view?.room, word) ||
  has(view?.identity, word) ||
  hasIn(request, word) ||
  hasIn(detail, word)

const has = (value: unknown, word: string): boolean =>
  value !== undefined && value !== null && String(value).toLowerCase().includes(word)

function hasIn(part: object, word: string): boolean {
  for (const name in part) if (has(part[name as never], word)) return true
  return false
}
