import type { TokenContext } from './context'
import type { AnsweredToken, ServerTime } from './events'

/** A token made for later is not a wrong clock: `nbf` alone corrects by a day at most. */
const MOST_BY_NOT_BEFORE_MS = 24 * 3_600_000

export interface ClockEvidence {
  readonly at: number
  readonly previousMs: number
  readonly token: Pick<AnsweredToken, 'issuedAt' | 'notBefore'>
  readonly serverTime?: ServerTime | undefined
}

/**
 * How far the local clock is behind the issuer's (negative: ahead), ms. The server's own time tells it both
 * ways; a token issued later than now tells that we are behind. Each answer is judged afresh: clocks get mended.
 */
export function clockOffset({ at, previousMs, token, serverTime }: ClockEvidence): number {
  const told = serverTime ? byServerTime(serverTime.now - at, previousMs, serverTime.uncertaintyMs) : 0
  const behind =
    token.issuedAt !== null
      ? token.issuedAt - at
      : token.notBefore !== null
        ? Math.min(token.notBefore - at, MOST_BY_NOT_BEFORE_MS)
        : 0
  return behind > 0 ? Math.max(told, behind) : told
}

/** Within its uncertainty an estimate changes nothing: a `Date` header has whole seconds. */
function byServerTime(estimateMs: number, previousMs: number, uncertaintyMs: number): number {
  if (Math.abs(estimateMs) <= uncertaintyMs) return 0
  return Math.abs(estimateMs - previousMs) <= uncertaintyMs ? previousMs : estimateMs
}

/** Everything that the context keeps by the local clock, moved with a clock that was set back. */
export function setBack(context: TokenContext, byMs: number): Partial<TokenContext> {
  const { view, limit, retryDueAt, failure } = context
  const moved = <Failure extends { readonly retryAt?: number } | null>(one: Failure): Failure =>
    one?.retryAt === undefined ? one : { ...one, retryAt: one.retryAt - byMs }
  return {
    clockOffsetMs: context.clockOffsetMs + byMs,
    view: view && { ...view, receivedAt: view.receivedAt - byMs, refreshAt: view.refreshAt - byMs },
    unusableAt: context.unusableAt - byMs,
    retryDueAt: retryDueAt === null ? null : retryDueAt - byMs,
    limit: limit && { until: limit.until - byMs, failure: moved(limit.failure) },
    failure: moved(failure),
    recentAttempts: context.recentAttempts.map((at) => at - byMs),
  }
}
