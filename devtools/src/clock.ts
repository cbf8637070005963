import type { Clock } from 'livekit-token-store'

/** The machine's own clock. Looked up at each call, so that fake timers installed later are seen. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
}

/** ms since the process or the page began; never goes back. The one time that is no parameter. */
export const monotonicNow = (): number => performance.now()
