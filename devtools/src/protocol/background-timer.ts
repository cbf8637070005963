import type { Clock } from 'livekit-token-store'

/** A timer that keeps no process alive; returns what stops it. */
export function backgroundTimer(clock: Clock, delayMs: number, callback: () => void): () => void {
  const handle = clock.setTimeout(callback, delayMs)
  ;(handle as { unref?(): void } | null)?.unref?.()
  return () => clock.clearTimeout(handle)
}
