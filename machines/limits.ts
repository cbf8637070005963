import type { AskingLimit, TokenContext } from './context'
import { STORM_ATTEMPTS, STORM_WINDOW_MS } from './refresh-timing'
import { retryFloor } from './retry-timing'
import type { TokenFailure } from './vocabulary'

const DEFAULT_RATE_LIMIT_MS = 60_000
const LONGEST_RATE_LIMIT_MS = 3_600_000

/** The limit in force at that moment, or null: one that the server set, else the storm limit. */
export function limitAt(
  context: Pick<TokenContext, 'limit' | 'recentAttempts'>,
  at: number,
): AskingLimit | null {
  if (context.limit && context.limit.until > at) return context.limit
  const oldest = context.recentAttempts[0]
  if (context.recentAttempts.length < STORM_ATTEMPTS || oldest === undefined) return null
  const until = oldest + STORM_WINDOW_MS
  // A clock that was set back must not lock us out for longer than the window.
  return until > at && oldest <= at ? { until, failure: throttled(until) } : null
}

/** Notes that an attempt begins. */
export const withAttempt = (recent: readonly number[], at: number): readonly number[] =>
  [...recent, at].slice(-STORM_ATTEMPTS)

/**
 * The soonest moment for a retry that nobody waits for. It leaves one attempt of the storm limit to those who
 * ask, and to the last try before the token's end.
 */
export function soonestRetry({ recentAttempts }: TokenContext, at: number): number {
  const reserved = recentAttempts.at(1 - STORM_ATTEMPTS)
  return reserved === undefined ? at : Math.max(at, reserved + STORM_WINDOW_MS)
}

/** What a 429 asks for: its own moment, else a minute from now; an hour at most. */
export function rateLimit(failure: TokenFailure, at: number, context: TokenContext): AskingLimit {
  const wanted = failure.retryAt ?? at + DEFAULT_RATE_LIMIT_MS
  const soonest = at + retryFloor(context.policy)
  const until = Math.min(Math.max(wanted, soonest), at + LONGEST_RATE_LIMIT_MS)
  return { until, failure: { ...failure, retryAt: until } }
}

/** A server's wish to be left alone until then, as far as it is obeyed. */
export const obeyedRetryAt = (failure: TokenFailure, at: number): number =>
  Math.min(failure.retryAt ?? at, at + LONGEST_RATE_LIMIT_MS)

/** The failure as it is told: its `retryAt` is what is obeyed. */
export const withObeyedRetryAt = (failure: TokenFailure, at: number): TokenFailure =>
  failure.retryAt === undefined ? failure : { ...failure, retryAt: obeyedRetryAt(failure, at) }

const throttled = (retryAt: number): TokenFailure => ({
  code: 'throttled',
  message: `${STORM_ATTEMPTS} attempts were made within ${STORM_WINDOW_MS / 1000} s, so the store asks nothing until retryAt. Look for a loop that forces or invalidates the token, or for "retry" with many attempts and short waits.`,
  retryAt,
})
