import type { AttemptReason, TokenErrorCode, TokenFailure, TokenView } from './vocabulary'

/** What an answer says, as its fetcher gave it: instants in ms since the epoch, by the issuer's clock. */
export interface AnsweredToken
  extends Pick<TokenView, 'serverUrl' | 'issuedAt' | 'notBefore' | 'room' | 'identity' | 'grants'> {
  readonly expiresAt: number | null
}

/** The server's own clock at the moment that the answer arrived. */
export interface ServerTime {
  readonly now: number
  readonly uncertaintyMs: number
}

/**
 * What happens to a lifecycle. Every event carries the time (`at`, ms since the epoch, local clock), and those
 * that need luck carry it (`random`, 0 ≤ x < 1): the machine asks neither a clock nor a die.
 */
export type TokenMachineEvent = { readonly at: number } & (
  | { readonly type: 'fetch'; readonly caller: number; readonly force: boolean }
  | { readonly type: 'abandon' }
  | { readonly type: 'observe' }
  | { readonly type: 'unobserve' }
  | { readonly type: 'tick' }
  | { readonly type: 'wake' }
  | { readonly type: 'online' }
  | { readonly type: 'offline' }
  | { readonly type: 'invalidate' }
  /** The token in hand counts as ended from now on. */
  | { readonly type: 'expire' }
  /** The local clock was set back, by so many ms. */
  | { readonly type: 'clock.set-back'; readonly byMs: number }
  | AttemptAnswered
  | AttemptFailed
)

export interface AttemptAnswered {
  readonly type: 'attempt.answered'
  readonly attemptId: number
  readonly token: AnsweredToken
  readonly serverTime?: ServerTime | undefined
  readonly random: number
}

export interface AttemptFailed {
  readonly type: 'attempt.failed'
  readonly attemptId: number
  readonly failure: TokenFailure
  readonly random: number
}

/** Facts for whoever watches. */
export type TokenFact =
  | { readonly type: 'attempt'; readonly attempt: number; readonly reason: AttemptReason }
  | {
      readonly type: 'attempt-failed'
      readonly attempt: number
      readonly code: TokenErrorCode
      readonly status?: number
    }
  | { readonly type: 'expired-on-arrival' }
  | { readonly type: 'no-expiry' }
  | { readonly type: 'clock-corrected'; readonly byMs: number }
  | { readonly type: 'invalidated' }

/** What becomes of the callers of `fetch`, and of the credentials that the machine never sees. */
export type CallerOutcome =
  | { readonly type: 'caller.waits'; readonly caller: number }
  | { readonly type: 'caller.served'; readonly caller: number }
  | { readonly type: 'caller.refused'; readonly caller: number; readonly failure: TokenFailure }
  /** All who wait get the answer; `keep` says whether it becomes the token in hand. */
  | { readonly type: 'callers.answered'; readonly keep: boolean }
  /** All who wait are told of the failure. */
  | { readonly type: 'callers.failed'; readonly failure: TokenFailure }
  /** Who forced is told of the failure; the others get the token in hand. */
  | { readonly type: 'callers.kept'; readonly failure: TokenFailure }

export type TokenMachineEmitted = TokenFact | CallerOutcome

/** What an attempt is told. */
export interface AttemptInput {
  readonly attemptId: number
  readonly attempt: number
  readonly reason: AttemptReason
  readonly force: boolean
}
