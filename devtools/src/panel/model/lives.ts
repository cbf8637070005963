import type { TokenStatus, TokenView } from 'livekit-token-store'
import { isLast, type TokenRecord } from '../../recorder/record'

/** A lifecycle as its records leave it. */
export interface Life {
  readonly key: string
  readonly store: string
  /** Whose token it is, in a word or two. */
  readonly label: string
  readonly status: TokenStatus
  /** When the status began. */
  readonly since: number
  readonly view: TokenView | null
  /** What went wrong last, and was not made good since. */
  readonly error: string | null
  readonly nextAt: number | null
  /** ms that the issuer's clock is ahead of the local one, as far as anybody knows. */
  readonly clockOffset: number
  readonly room: string | null
  readonly offline: boolean
  /** Evicted, or gone with its store. */
  readonly ended: boolean
  readonly last: TokenRecord
}

/** Of the records of one lifecycle, at least one. */
export function lifeAfter(own: readonly TokenRecord[], key: string): Life {
  // Without a token less is known of it; what was known stays true.
  let telling = own[0]!
  for (const record of own) if (record.view) telling = record
  const label = labelOf(telling) || `lifecycle ${telling.lifecycle}`
  return own.reduce<Life | undefined>((life, record) => next(life, record, key, label), undefined)!
}

function next(life: Life | undefined, record: TokenRecord, key: string, label: string): Life {
  const { type, at, to, view, detail } = record
  const told = type === 'state' || type === 'attached'
  const ended = isLast(record)
  const status = ended ? 'idle' : (to ?? life?.status ?? (view ? 'valid' : 'idle'))
  return {
    key,
    store: record.store,
    label,
    status,
    since: life && status === life.status ? life.since : at,
    view,
    error: told || detail.code ? codeOf(record) : ended ? null : (life?.error ?? null),
    nextAt:
      told || detail.nextAt ? (detail.nextAt ?? null) : type === 'attempt' ? null : (life?.nextAt ?? null),
    clockOffset: detail.byMs ?? life?.clockOffset ?? 0,
    room: detail.room === 'moved' ? 'connected' : (detail.room ?? life?.room ?? null),
    offline: detail.on ?? (!ended && (life?.offline ?? false)),
    ended,
    last: record,
  }
}

const codeOf = ({ detail: { code, status } }: TokenRecord): string | null =>
  code ? [code, status].filter(Boolean).join(' ') : null

function labelOf({ request, view }: TokenRecord): string {
  const names = [request.roomName ?? view?.room, request.participantIdentity ?? view?.identity]
  return names.filter(Boolean).join(' · ') || (request.agentName ?? '')
}
