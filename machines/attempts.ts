import type { TokenContext } from './context'
import type { AttemptFailed } from './events'
import { limitAt, obeyedRetryAt, rateLimit, soonestRetry, withAttempt } from './limits'
import { retryBeforeEnd, retryWait } from './retry-timing'
import type { AttemptReason, TokenFailure } from './vocabulary'

/** The changes that one step makes to the context. */
type Changes = Partial<TokenContext>

/** A first attempt: a new series, whatever waited before. */
export const firstAttempt = (
  context: TokenContext,
  at: number,
  why: { reason: AttemptReason; force: boolean },
): Changes => ({
  ...begun(context, at),
  series: { attempt: 1, ...why },
  failuresWithoutToken: 0,
})

/** One more attempt of the series, or a first one where there is none. */
export function nextAttempt(context: TokenContext, at: number, reason: AttemptReason): Changes {
  const { series } = context
  if (!series) return firstAttempt(context, at, { reason, force: false })
  return { ...begun(context, at), series: { ...series, attempt: series.attempt + 1 } }
}

const begun = (context: TokenContext, at: number): Changes => ({
  attemptId: context.attemptId + 1,
  inFlight: true,
  armed: true,
  retryDueAt: null,
  limit: null,
  recentAttempts: withAttempt(context.recentAttempts, at),
})

/** Nothing is under way any more. */
export const atRest: Changes = {
  inFlight: false,
  series: null,
  failuresWithoutToken: 0,
  retryDueAt: null,
  waiting: false,
}

/** The token in hand ended; the attempt in flight, if there is one, goes on. */
export const tokenEnded: Changes = {
  view: null,
  unusableAt: Number.NEGATIVE_INFINITY,
  distrusted: false,
  expired: true,
  failuresWithoutToken: 0,
}

/** A failure that leaves a usable token in hand. Who forced has been told, so the retries are nobody's force. */
export function failedWithToken(context: TokenContext, event: AttemptFailed & { at: number }): Changes {
  const { at, failure } = event
  const { series } = context
  const kept: Changes = {
    inFlight: false,
    waiting: false,
    failure,
    distrusted: context.distrusted || series?.force === true,
  }
  if (!series || failure.code === 'refused') return { ...kept, series: null, retryDueAt: null }
  const retries = { ...series, force: false }
  if (failure.code === 'rate-limited') {
    const limit = rateLimit(failure, at, context)
    return { ...kept, series: retries, failure: limit.failure, limit, retryDueAt: limit.until }
  }
  const backedOff = at + retryWait(series.attempt, event.random, context.policy)
  const retryAt = Math.max(backedOff, soonestRetry(context, at))
  const placed = retryBeforeEnd(at, retryAt, context.unusableAt, context.policy)
  const wished = obeyedRetryAt(failure, at)
  // The server's own wish outweighs the wish to try once more before the end.
  const retryDueAt = wished > (placed ?? at) ? wished : placed
  return { ...kept, series: retries, retryDueAt }
}

/** A failure without a usable token, with attempts left. */
export function failedWithoutToken(context: TokenContext, event: AttemptFailed & { at: number }): Changes {
  const { at, failure } = event
  const wait = retryWait(context.series?.attempt ?? 1, event.random, context.policy)
  return {
    inFlight: false,
    failure,
    failuresWithoutToken: context.failuresWithoutToken + 1,
    retryDueAt: Math.max(at + wait, obeyedRetryAt(failure, at)),
  }
}

/** What is told, and noted, when a failure is the last word: a limit outlives it. */
export function gaveUp(
  context: TokenContext,
  event: AttemptFailed & { at: number },
): Changes & { failure: TokenFailure } {
  const { at, failure } = event
  if (failure.code !== 'rate-limited') return { ...atRest, failure }
  const limit = rateLimit(failure, at, context)
  return { ...atRest, failure: limit.failure, limit }
}

/** An attempt was due but a limit forbids it. */
export function heldBack(context: TokenContext, at: number): Changes {
  const limit = limitAt(context, at)
  if (!limit) return {}
  // With a token in hand the retry waits for the limit's end; without one there is nothing to wait with.
  const retryDueAt = context.view && context.retryDueAt !== null ? limit.until : null
  return { limit, failure: limit.failure, retryDueAt }
}
