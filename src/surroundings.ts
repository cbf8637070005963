import { Subscription } from 'rxjs'
import type { Options } from './options'
import type { Registry } from './registry'

/** Focus comes and goes: a wake-up that soon after another tells nothing new. */
const WAKE_AT_MOST_EVERY_MS = 5_000

/** Passes on what the environment tells. A stream that fails goes quiet; the store lives without it. */
export function watchSurroundings({ online$, wake$, clock }: Options, registry: Registry) {
  let subscription: Subscription | null = null
  let lastWakeAt = Number.NEGATIVE_INFINITY
  const wake = () => {
    const at = clock.now()
    // A clock that was set back must not deafen us.
    if (at >= lastWakeAt && at - lastWakeAt < WAKE_AT_MOST_EVERY_MS) return
    lastWakeAt = at
    for (const lifecycle of registry.lifecycles) lifecycle.wake()
  }
  const quiet = () => undefined
  return {
    /** Listens from the first lifecycle on, so that a store that nobody uses holds no listener. */
    start() {
      if (subscription || registry.disposed) return
      // One over both: a stream that ends must not take the other with it.
      subscription = new Subscription()
      subscription.add(online$.subscribe({ next: (online) => registry.setOnline(online), error: quiet }))
      subscription.add(wake$.subscribe({ next: wake, error: quiet }))
    },
    stop() {
      subscription?.unsubscribe()
      subscription = null
    },
  }
}
