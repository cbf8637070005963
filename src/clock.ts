/** The source of time. Everything that waits or asks the time takes one, so tests need no sleeping. */
export interface Clock {
  /** ms since the epoch. */
  now(): number
  /** Delays are never over 60 s. The handle may have `ref()` and `unref()`, as Node's timers do. */
  setTimeout(callback: () => void, delayMs: number): unknown
  clearTimeout(handle: unknown): void
}

/** The machine's own clock. Looked up at each call, so that fake timers installed later are seen. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
}
