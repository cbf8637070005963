import type { Clock } from 'livekit-token-store'

interface Timer {
  readonly id: number
  readonly at: number
  readonly callback: () => void
}

/** A clock that stands still until told: `await clock.advance(ms)` runs what falls due on the way, in order. */
export interface SimulatedClock extends Clock {
  /** Moves on, running each timer at its own moment, and lets promises settle between them. */
  advance(ms: number): Promise<void>
  /** Moves on without running a timer, as a sleeping laptop does; what is overdue runs at the next `advance`. */
  sleep(ms: number): void
  /** Sets the wall clock, leaving the timers' own waits alone, as a clock correction does. */
  jump(ms: number): void
  /** How many timers wait. */
  readonly pending: number
  /** Every delay that was asked for, ms. */
  readonly delays: readonly number[]
}

/** Lets every promise reaction that is ready run. */
export const settle = async (rounds = 20): Promise<void> => {
  for (let round = 0; round < rounds; round += 1) await Promise.resolve()
}

/** Starts on 2026-01-01 00:00:00 UTC. */
export const START = Date.UTC(2026, 0, 1)

export function simulatedClock(start = START): SimulatedClock {
  let wall = start
  let mono = 0
  let nextId = 1
  const timers = new Map<number, Timer>()
  const delays: number[] = []
  const earliest = () => [...timers.values()].sort((a, b) => a.at - b.at || a.id - b.id)[0]
  return {
    now: () => wall,
    setTimeout(callback, delayMs) {
      delays.push(delayMs)
      // What every JS engine does with a delay it cannot hold: it fires at once.
      const wait = delayMs > 2_147_483_647 || !(delayMs > 0) ? 1 : delayMs
      const id = nextId++
      timers.set(id, { id, at: mono + wait, callback })
      return id
    },
    clearTimeout: (handle) => void timers.delete(handle as number),
    async advance(ms) {
      const end = mono + ms
      await settle()
      for (let due = earliest(); due && due.at <= end; due = earliest()) {
        timers.delete(due.id)
        const step = Math.max(0, due.at - mono)
        mono += step
        wall += step
        due.callback()
        await settle()
      }
      const rest = Math.max(0, end - mono)
      mono += rest
      wall += rest
      await settle()
    },
    sleep(ms) {
      wall += ms
      mono += ms
    },
    jump(ms) {
      wall += ms
    },
    get pending() {
      return timers.size
    },
    get delays() {
      return delays
    },
  }
}
