/** How long to wait after a failure. Pure; all in ms. */

export interface RetryTiming {
  readonly retryBaseMs: number
  readonly retryCapMs: number
}

/** Even the luckiest wait: less would be a storm. */
export const retryFloor = (timing: RetryTiming): number => Math.min(500, timing.retryBaseMs)

/** The wait after the attempt-th failure: exponential, full jitter, with a floor and a cap. */
export function retryWait(attempt: number, random: number, timing: RetryTiming): number {
  const longest = Math.min(timing.retryCapMs, timing.retryBaseMs * 2 ** Math.min(attempt - 1, 60))
  return Math.max(retryFloor(timing), random * longest)
}

/**
 * A retry's moment while a token is still usable: the last one is placed before that ends, and null says that
 * there is no time for one more.
 */
export function retryBeforeEnd(
  at: number,
  retryAt: number,
  unusableAt: number,
  timing: RetryTiming,
): number | null {
  const floor = retryFloor(timing)
  const latest = unusableAt - Math.max(floor, 1)
  if (latest < at + floor) return null
  return Math.min(retryAt, latest)
}
