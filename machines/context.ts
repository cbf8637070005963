import type { AttemptReason, TokenFailure, TokenView } from './vocabulary'

/** The options that steer the machine, already checked and filled. All durations in ms. */
export interface TokenPolicy {
  readonly keepFresh: 'observed' | 'always' | 'never'
  readonly refreshLeadMs: (lifetimeMs: number) => number
  readonly refreshJitterMs: number
  readonly minValidityMs: number
  readonly maxAttempts: number
  readonly retryBaseMs: number
  readonly retryCapMs: number
}

/** Attempts that follow one another until one succeeds or nobody wants it any more. */
export interface AttemptSeries {
  /** The number of the last attempt made, from 1. */
  readonly attempt: number
  readonly reason: AttemptReason
  /** Whether callers who asked by force wait for it. */
  readonly force: boolean
}

/** While it lasts nothing is asked, not even by force. */
export interface AskingLimit {
  /** ms since the epoch, local clock. */
  readonly until: number
  readonly failure: TokenFailure
}

/** All that the machine knows. Every instant is ms since the epoch by the local clock, unless it says otherwise. */
export interface TokenContext {
  readonly policy: TokenPolicy

  /** The token in hand, as everybody may see it; null when none is usable. */
  readonly view: TokenView | null
  /** From here on the token in hand may not be handed out. */
  readonly unusableAt: number
  /** How far the local clock is behind the issuer's; added to the local time it gives the corrected time. */
  readonly clockOffsetMs: number
  /** Whether the last token ended without being replaced: the next attempt's reason is then 'expired'. */
  readonly expired: boolean
  /** The ordinal of the latest token kept; 0 before the first. */
  readonly lastOrdinal: number
  /** Answers in a row that brought no later expiry than the token before. */
  readonly stalled: number
  /** Whether it has been told that the issuer gives no expiry. */
  readonly toldNoExpiry: boolean
  /** A forced fetch failed while this token was in hand: the next caller waits for a newer one. */
  readonly distrusted: boolean

  /** The number of the latest attempt of this lifecycle: an answer with another number comes too late. */
  readonly attemptId: number
  readonly inFlight: boolean
  readonly series: AttemptSeries | null
  /** Failures in a row without a usable token. */
  readonly failuresWithoutToken: number
  readonly retryDueAt: number | null
  readonly failure: TokenFailure | null
  readonly limit: AskingLimit | null
  /** When the latest attempts began, oldest first; at most as many as the storm limit counts. */
  readonly recentAttempts: readonly number[]

  readonly observed: boolean
  readonly waiting: boolean
  readonly online: boolean
  /** Whether `keepFresh` may act: from the first fetch on, until a token arrives dead. */
  readonly armed: boolean
}

export const initialContext = (policy: TokenPolicy): TokenContext => ({
  policy,
  view: null,
  unusableAt: Number.NEGATIVE_INFINITY,
  clockOffsetMs: 0,
  expired: false,
  lastOrdinal: 0,
  stalled: 0,
  toldNoExpiry: false,
  distrusted: false,
  attemptId: 0,
  inFlight: false,
  series: null,
  failuresWithoutToken: 0,
  retryDueAt: null,
  failure: null,
  limit: null,
  recentAttempts: [],
  observed: false,
  waiting: false,
  online: true,
  armed: false,
})
