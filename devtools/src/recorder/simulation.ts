import type { Clock, FetchToken } from 'livekit-token-store'

const SLOWNESS_MS = 5_000

/** Trouble to order, between a lifecycle and its fetcher. Without an order the fetcher is called as ever. */
export class Simulation {
  offline = false
  failNext = false
  slowNext = false
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
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
      const timer = this.#clock.setTimeout(resolve, ms)
      signal.addEventListener('abort', () => this.#clock.clearTimeout(timer))
    })
  }
}
