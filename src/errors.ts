import type { TokenErrorCode, TokenFailure } from '../machines/vocabulary'

/**
 * The one error of this library. `code` is a closed list: switch on it. The message says what happened and
 * what to do; it never repeats the fetcher's or the server's words, which may quote a token.
 */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly code: TokenErrorCode
  /** ms since the epoch: of its own accord the store asks nothing before this moment. An hour away at most. */
  declare readonly retryAt?: number
  /** The HTTP status, when the fetcher's error carried one. */
  declare readonly status?: number
  /**
   * What the fetcher threw. Only on the error that rejects `fetch`, never on one in a state, a snapshot or an
   * event: it may quote a token, so keep it out of your logs.
   */
  declare readonly cause: unknown

  constructor(failure: TokenFailure, options?: { cause: unknown }) {
    super(failure.message, options)
    this.code = failure.code
    if (failure.status !== undefined) this.status = failure.status
    if (failure.retryAt !== undefined) this.retryAt = failure.retryAt
  }
}
