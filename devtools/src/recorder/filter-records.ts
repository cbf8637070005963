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
    if (words.length === 0) return true
    const text = textOf(record)
    return words.every((word) => text.includes(word))
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

/** Put together anew for each search: to look it up in a map of ten thousand would take longer. */
function textOf({ store, lifecycle, type, from, to, view, request, detail }: TokenRecord): string {
  let text = `${store} #${lifecycle} ${type} ${from ?? ''} ${to ?? ''} ${view?.room ?? ''} ${view?.identity ?? ''}`
  for (const part of [request, detail]) for (const value of Object.values(part)) text += ` ${value ?? ''}`
  return text.toLowerCase()
}
