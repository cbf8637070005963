import type { TokenRecord } from '../recorder/record'
import type { Recorder, RecorderStatus } from '../recorder/types'

/** ms: nobody reads faster, and the app that is looked at has other work to do. */
const EVERY_MS = 100

export interface Recorded {
  readonly records: readonly TokenRecord[]
  readonly status: RecorderStatus
}

/** Whether nothing that was picked in the one before is in it. An imported session does not grow. */
export const isAnotherSession = (a: Recorded, b: Recorded): boolean =>
  a.status.imported !== b.status.imported || (b.status.imported && a.records !== b.records)

/** What the recorder keeps, taken over now and then; the first of it at once. */
export function createIntake(recorder: Recorder, onNews: () => void) {
  let latest = { records: [] } as unknown as Recorded
  let taken = Number.NEGATIVE_INFINITY
  const tell = (news: Partial<Recorded>) => {
    latest = { ...latest, ...news }
    onNews()
  }
  const subscriptions = [
    recorder.status$.subscribe((status) => tell({ status })),
    recorder.records$.subscribe((records) => tell({ records })),
  ]
  let shown = latest
  return {
    get shown(): Recorded {
      return shown
    },
    get waiting(): boolean {
      return shown !== latest
    },
    /** At a frame's `time`, ms; another window counts from another beginning. Says whether there is something new. */
    take(time: number): boolean {
      if (shown === latest || Math.abs(time - taken) < EVERY_MS) return false
      shown = latest
      taken = time
      return true
    },
    stop() {
      for (const subscription of subscriptions) subscription.unsubscribe()
    },
  }
}
