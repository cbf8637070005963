import type {
  AttemptReason,
  RoomConnectionState,
  TokenErrorCode,
  TokenEvent,
  TokenStatus,
  TokenView,
} from 'livekit-token-store'
import type { CommandName } from './commands'

/**
 * One thing that happened, safe to show to anybody: put together from a list of fields that are allowed, never by
 * taking secrets out of something bigger.
 */
export interface TokenRecord {
  /** ms since the epoch, by the store's clock. */
  readonly at: number
  /** ms, `performance.now()` of the process it happened in: never goes back, whatever the clock does. */
  readonly mono: number
  /** +1 a record over all stores of a recorder, from 1. */
  readonly sequence: number
  /** Tells stores of the same name apart. */
  readonly storeId: string
  /** The store's name. */
  readonly store: string
  /** The lifecycle's ordinal within its store: '1', '2', … */
  readonly lifecycle: string
  /** The event's type; 'attached' is what a recorder found when it began to listen, or to listen again. */
  readonly type: TokenEvent['type'] | 'attached'
  /** Of a change of state; else null. */
  readonly from: TokenStatus | null
  /** Of a change of state, or the state that was found; else null. */
  readonly to: TokenStatus | null
  /** The token in hand once it had happened; null without one. */
  readonly view: TokenView | null
  /** Whose token it is. */
  readonly request: RecordedRequest
  /** What this type of event tells besides. */
  readonly detail: RecordDetail
}

/** Of a request, what names it. Metadata and attributes are the app's own and stay there. */
export interface RecordedRequest {
  readonly roomName?: string
  readonly participantIdentity?: string
  readonly agentName?: string
}

/** Each field belongs to some types of events. */
export interface RecordDetail {
  /** 'attempt' and 'attempt-failed': the number within its series. */
  readonly attempt?: number
  /** 'attempt': why it was made. */
  readonly reason?: AttemptReason
  /** 'attempt-failed': what went wrong. 'state' and 'attached': the state's error. */
  readonly code?: TokenErrorCode
  /** The HTTP status that came with `code`. */
  readonly status?: number
  /** 'state' and 'attached': the waiting retry, or the end of a limit, ms since the epoch. */
  readonly nextAt?: number
  /** 'clock-corrected': ms added to the local clock. */
  readonly byMs?: number
  /** 'command': which one. */
  readonly command?: CommandName
  /** 'command', of `simulate-offline`: whether it is offline from now on. 'attached': true when it was by then. */
  readonly on?: boolean
  /** 'room': the connection's state, and why it ended, by LiveKit's name. */
  readonly room?: RoomConnectionState
  readonly roomReason?: string
}

/** `<storeId>/<lifecycle>`: tells lifecycles apart, and is what a command names one by. */
export const keyOf = ({ storeId, lifecycle }: TokenRecord): string => `${storeId}/${lifecycle}`

/** Whether nothing more will be heard of its lifecycle. */
export const isLast = ({ type }: Pick<TokenRecord, 'type'>): boolean =>
  type === 'evicted' || type === 'disposed'
