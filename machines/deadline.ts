import type { TokenContext } from './context'
import { refreshesOnTime } from './guards'
import type { TokenStatus } from './vocabulary'

/**
 * When the machine wants its next `tick`, ms since the epoch by the local clock; null for never. A moment in
 * the past means at once: `expiring` is a state of its own, told before `refreshing` follows.
 */
export function nextDeadline(status: TokenStatus, context: TokenContext): number | null {
  const moments: number[] = []
  if (context.limit) moments.push(context.limit.until)
  if (context.view) moments.push(context.unusableAt)
  if (context.retryDueAt !== null && context.online) moments.push(context.retryDueAt)
  if (status === 'valid' && context.view) moments.push(context.view.refreshAt)
  if (status === 'expiring' && refreshesOnTime(context)) moments.push(context.view?.refreshAt ?? 0)
  return moments.length > 0 ? Math.min(...moments) : null
}
