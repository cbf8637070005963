import type { Clock } from './clock'

/**
 * A delay over 2^31-1 ms fires at once in every JS engine, and a sleeping laptop stops the count: so no wait is
 * longer than this, and the wall clock has the last word.
 */
const LONGEST_WAIT_MS = 60_000

/** Small corrections are what a clock does all day; a greater one back would make every wait that much longer. */
const TOLERATED_SET_BACK_MS = 1_000

/** Calls `ring` once the clock has reached a moment; one moment at a time. */
export interface Alarm {
  /** ms since the epoch; null for never. */
  set(at: number | null): void
}

/** The timers of one lifecycle, which keep a Node process alive only while they are held. */
export interface Timers {
  /** ms since the epoch. */
  now(): number
  alarm(ring: () => void): Alarm
  hold(held: boolean): void
}

interface Target {
  at: number | null
  /** When the piece of the wait that is under way is over, by a clock that nobody sets. */
  due: number
}

interface NodeTimer {
  ref?(): void
  unref?(): void
}

/** `onSetBack` is told when the wall clock was set back, by how many ms at least; the alarms move with it. */
export function createTimers(clock: Clock, onSetBack?: (byMs: number) => void): Timers {
  const handles = new Set<unknown>()
  const targets = new Set<Target>()
  let held = false
  let last = clock.now()

  function now(): number {
    const at = clock.now()
    const byMs = last - at
    last = at
    if (byMs > TOLERATED_SET_BACK_MS) {
      for (const target of targets) {
        if (target.at !== null) target.at -= byMs
        target.due -= byMs
      }
      onSetBack?.(byMs)
    }
    return at
  }

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
    now,
    alarm(ring) {
      const target: Target = { at: null, due: 0 }
      let cancel: (() => void) | null = null
      const wait = (at: number) => {
        const present = clock.now()
        const delayMs = Math.min(Math.max(at - present, 1), LONGEST_WAIT_MS)
        target.due = present + delayMs
        cancel = start(check, delayMs)
      }
      const check = () => {
        cancel = null
        // So much time has passed at least, whatever the clock says.
        last = Math.max(last, target.due)
        const at = now()
        // Who was told of a clock set back may have set the alarm anew.
        if (target.at === null || cancel) return
        // A timer may be early, and a long wait comes in pieces.
        if (at < target.at) return wait(target.at)
        target.at = null
        targets.delete(target)
        ring()
      }
      return {
        set(at) {
          if (at === target.at) return
          cancel?.()
          cancel = null
          target.at = at
          if (at === null) targets.delete(target)
          else {
            targets.add(target)
            wait(at)
          }
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
