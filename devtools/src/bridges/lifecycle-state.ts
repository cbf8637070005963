import type { RoomConnectionState, TokenErrorCode, TokenStatus, TokenView } from 'livekit-token-store'
import { isLast, type RecordedRequest, type TokenRecord } from '../recorder/record'

/** A lifecycle as its records tell it; what the tools of others, which show states, are given. */
export interface LifecycleState {
  readonly status: TokenStatus
  readonly view: TokenView | null
  readonly request: RecordedRequest
  readonly error: { readonly code: TokenErrorCode; readonly status?: number } | null
  /** The last attempt's number within its series; 0 once that has ended. */
  readonly attempt: number
  /** The waiting retry, or the end of a limit, ms since the epoch. */
  readonly nextAt: number | null
  /** The room's connection; null as long as nothing was told of one. */
  readonly room: RoomConnectionState | null
  /** Whether devtools took it offline. */
  readonly offline: boolean
}

/** What a lifecycle is called: 'tokens/1'. */
export const nameOf = ({ store, lifecycle }: TokenRecord): string => `${store}/${lifecycle}`

/** The state once that had happened; `previous` is undefined for the first record of a lifecycle. */
export function stateAfter(previous: LifecycleState | undefined, record: TokenRecord): LifecycleState {
  const { type, to, view, request, detail } = record
  const before = previous ?? stateBefore(record)
  const status = isLast(record) ? 'idle' : (to ?? before.status)
  const settled = status === 'idle' || status === 'failed' || status === 'valid'
  return {
    status,
    view,
    request,
    error: tellsError(record) ? errorOf(record) : before.error,
    attempt: type === 'attempt' ? (detail.attempt ?? 0) : to && settled ? 0 : before.attempt,
    nextAt: type === 'attempt' || tellsError(record) ? (detail.nextAt ?? null) : before.nextAt,
    room: detail.room ?? before.room,
    offline:
      type === 'attached' || detail.command === 'simulate-offline' ? detail.on === true : before.offline,
  }
}

/**
 * What was before the first record of a lifecycle. It is born idle; where the recorder no longer has the beginning,
 * the token says the most.
 */
export const stateBefore = ({ from, to, view, request }: TokenRecord): LifecycleState => ({
  status: from ?? to ?? (view ? 'valid' : 'idle'),
  view,
  request,
  error: null,
  attempt: 0,
  nextAt: null,
  room: null,
  offline: false,
})

const tellsError = ({ type }: TokenRecord) =>
  type === 'state' || type === 'attached' || type === 'attempt-failed'

function errorOf({ detail: { code, status } }: TokenRecord): LifecycleState['error'] {
  if (!code) return null
  return status === undefined ? { code } : { code, status }
}
