import type { Clock } from './clock'

/**
 * A delay over 2^31-1 ms fires at once in every JS engine, and a sleeping laptop stops the count: so no wait is
 * longer than this, and the wall clock has the last word.
 */
const LONGEST_WAIT_MS = 60_000

/** Calls `ring` once the clock has reached a moment; one moment at a time. */
export interface Alarm {
  /** ms since the epoch; null for never. */
  set(at: number | null): void
}

/** The timers of one lifecycle, which keep a Node process alive only while they are held. */
export interface Timers {
  readonly now: () => number
  alarm(ring: () => void): Alarm
  hold(held: boolean): void
}

interface NodeTimer {
  ref?(): void
  unref?(): void
}

export function createTimers(clock: Clock): Timers {
  const handles = new Set<unknown>()
  let held = false

  const apply = (handle: unknown) => {
    if (typeof handle !== 'object' || handle === null) return
    if (held) (handle as NodeTimer).ref?.()
    else (handle as NodeTimer).unref?.()
  }

  function start(callback: () => void, delayMs: number): () => void {
    const handle = clock.setTimeout(() => {
      handles.delete(handle)
      callback()
    }, delayMs)
    handles.add(handle)
    apply(handle)
    return () => {
      handles.delete(handle)
      clock.clearTimeout(handle)
    }
  }

  return {
    now: () => clock.now(),
    alarm(ring) {
      let target: number | null = null
      let cancel: (() => void) | null = null
      const wait = () => {
        cancel?.()
        cancel = null
        if (target === null) return
        const delayMs = Math.min(Math.max(target - clock.now(), 1), LONGEST_WAIT_MS)
        cancel = start(check, delayMs)
      }
      const check = () => {
        cancel = null
        if (target === null) return
        if (clock.now() < target) return wait()
        target = null
        ring()
      }
      return {
        set(at) {
          if (at === target) return
          target = at
          wait()
        },
      }
    },
    hold(next) {
      if (held === next) return
      held = next
      for (const handle of handles) apply(handle)
    },
  }
}
