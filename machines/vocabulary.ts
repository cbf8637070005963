/** The words of a token's life. Plain data: nothing here ever holds a token. */

/** The six states, which are also the machine's top-level states. */
export type TokenStatus = 'idle' | 'fetching' | 'valid' | 'expiring' | 'refreshing' | 'failed'

/** What everybody but the caller of `fetch` sees of a token. All times are ms since the epoch. */
export interface TokenView {
  /** 1 for a lifecycle's first token, 2 for its second, … */
  readonly ordinal: number
  /** As answered, without user, password, query and fragment. */
  readonly serverUrl: string
  /** The `iat` claim, by the issuer's clock; null when absent. */
  readonly issuedAt: number | null
  /** The `nbf` claim, by the issuer's clock; null when absent. */
  readonly notBefore: number | null
  /** The `exp` claim, by the issuer's clock. Without one: 600 s after it was received. */
  readonly expiresAt: number
  /** When the answer arrived, by the local clock. */
  readonly receivedAt: number
  /** When the refresh is due, jitter included, by the local clock. */
  readonly refreshAt: number
  /** The room of the `video` grant; null when absent. */
  readonly room: string | null
  /** The `sub` claim; null when absent. */
  readonly identity: string | null
  /** The `video` claim as it is; null when absent. */
  readonly grants: Readonly<Record<string, unknown>> | null
}

/** Why an attempt was made. A retry keeps the reason of its first try. */
export type AttemptReason = 'initial' | 'refresh' | 'forced' | 'expired'

/** The closed list of what can go wrong. */
export type TokenErrorCode =
  | 'fetch-failed'
  | 'timeout'
  | 'refused'
  | 'rate-limited'
  | 'invalid-response'
  | 'throttled'
  | 'disposed'

/** A failure as the machine knows it: our own words, never the server's. */
export interface TokenFailure {
  readonly code: TokenErrorCode
  readonly message: string
  /** The HTTP status, when the fetcher's error carried one. */
  readonly status?: number
  /** ms since the epoch by the local clock: nothing is asked before. */
  readonly retryAt?: number
}
