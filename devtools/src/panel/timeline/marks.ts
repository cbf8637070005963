import type { TokenView } from 'livekit-token-store'
import type { TokenRecord } from '../../recorder/record'
import { sentence } from '../model/words'

export type MarkKind = 'refresh' | 'expiry' | 'command' | 'other'

export interface Mark {
  readonly at: number
  readonly kind: MarkKind
  readonly text: string
  /** What it can be looked up by. */
  readonly record: TokenRecord
}

/** What happens at a moment and lasts not: what is due, what was ordered, and the rare events. */
export function marksOf(records: readonly TokenRecord[]): readonly Mark[] {
  const marks: Mark[] = []
  let token = null as TokenRecord | null
  let offset = 0
  // What was planned for a token that was gone by then did not come to pass.
  const plan = (until: number) => {
    if (token?.view) marks.push(...dueOf(token, token.view, offset).filter(({ at }) => at <= until))
  }
  for (const record of records) {
    const { type, at, view, detail } = record
    offset = detail.byMs ?? offset
    if (view?.ordinal !== token?.view?.ordinal) {
      plan(at)
      token = view ? record : null
    }
    if (type === 'command') marks.push({ at, kind: 'command', text: sentence(record), record })
    else if (type !== 'state' && type !== 'attached' && type !== 'room' && !type.startsWith('attempt'))
      marks.push({ at, kind: 'other', text: sentence(record), record })
    else if (detail.room === 'moved') marks.push({ at, kind: 'other', text: 'room: moved', record })
  }
  plan(Number.POSITIVE_INFINITY)
  return marks.sort((a, b) => a.at - b.at)
}

const dueOf = (record: TokenRecord, view: TokenView, offset: number): Mark[] => [
  { at: view.refreshAt, kind: 'refresh', text: `token ${view.ordinal}: refresh due`, record },
  { at: view.expiresAt - offset, kind: 'expiry', text: `token ${view.ordinal}: expires`, record },
]
