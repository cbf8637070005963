import type { Timers } from './timers'
import type { FetchToken } from './types'

const SLOWNESS_MS = 5_000

/** What devtools may order of a lifecycle; a closed list. */
export type CommandName =
  | 'refresh'
  | 'invalidate'
  | `simulate-${'expiry' | 'failure' | 'slowness' | 'offline'}`

/** Trouble to order, between a lifecycle and its fetcher. Without an order the fetcher is called as ever. */
export class Simulation {
  offline = false
  failNext = false
  slowNext = false
  readonly #timers: Timers

  constructor(timers: Timers) {
    this.#timers = timers
  }

  over(fetchToken: FetchToken): FetchToken {
    return (request, context) => {
      const { failNext, slowNext, offline } = this
      this.failNext = this.slowNext = false
      const ask = () => {
        if (failNext || offline) throw new Error('Simulated by devtools.')
        return fetchToken(request, context)
      }
      return slowNext ? this.#after(SLOWNESS_MS, context.signal).then(ask) : ask()
    }
  }

  /** Never settles once it is aborted: nobody waits for it then. */
  #after(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const alarm = this.#timers.alarm(resolve)
      alarm.set(this.#timers.now() + ms)
      signal.addEventListener('abort', () => alarm.set(null))
    })
  }
}
