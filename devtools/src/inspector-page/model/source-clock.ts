import type { Clock } from 'livekit-token-store'
import type { TokenSource } from './sources'

/**
 * The clock of what a source tells: it stands still from the moment when the source left, for what its tokens have done
 * since then is not known here. Of one that had left before this page came, from its last record.
 */
export function sourceClock(clock: Clock, source: () => TokenSource): Clock {
  return {
    now() {
      const { connected, leftAt, recorder } = source()
      if (connected) return clock.now()
      return leftAt ?? latestOf(recorder) ?? clock.now()
    },
    setTimeout: (callback, delayMs) => clock.setTimeout(callback, delayMs),
    clearTimeout: (handle) => clock.clearTimeout(handle),
  }
}

function latestOf({ records$ }: TokenSource['recorder']): number | null {
  let at: number | null = null
  records$
    .subscribe((records) => {
      at = records.at(-1)?.at ?? null
    })
    .unsubscribe()
  return at
}
