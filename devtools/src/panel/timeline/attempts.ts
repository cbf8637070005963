import { isLast, type TokenRecord } from '../../recorder/record'

export type AttemptOutcome = 'ok' | 'failed' | 'aborted' | 'in-flight'

export interface AttemptBar {
  readonly from: number
  /** null while it is in flight. */
  readonly to: number | null
  readonly outcome: AttemptOutcome
  readonly record: TokenRecord
}

/** What became of each attempt of one lifecycle: its end is told by what comes after. */
export function attemptsOf(records: readonly TokenRecord[]): readonly AttemptBar[] {
  const bars: AttemptBar[] = []
  let flying: TokenRecord | null = null
  const land = (outcome: AttemptOutcome, to: number | null) => {
    if (flying) bars.push({ from: flying.at, to, outcome, record: flying })
    flying = null
  }
  for (const record of records) {
    const outcome = endOf(record)
    if (outcome) land(outcome, record.at)
    if (record.type === 'attempt') flying = record
  }
  land('in-flight', null)
  return bars
}

function endOf(record: TokenRecord): AttemptOutcome | null {
  const { type, from, to } = record
  if (type === 'attempt-failed') return 'failed'
  if (type === 'expired-on-arrival') return 'ok'
  // A forced one supersedes what is in flight; the others take it back.
  if (type === 'attempt' || type === 'invalidated' || isLast(record)) return 'aborted'
  const wasOut = from === 'fetching' || from === 'refreshing'
  return wasOut && to === 'valid' ? 'ok' : null
}
