import { merge, type Observable } from 'rxjs'
import { newsOf } from '../recorder/news'
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
  let shown = { records: readNow(recorder.records$), status: readNow(recorder.status$) }
  let waiting = false
  let taken = Number.NEGATIVE_INFINITY
  const news = merge(newsOf(recorder), recorder.status$).subscribe(() => {
    waiting = true
    onNews()
  })
  // What was there already is shown already.
  waiting = false
  return {
    get shown(): Recorded {
      return shown
    },
    get waiting(): boolean {
      return waiting
    },
    /** At a frame's `time`, ms; another window counts from another beginning. Says whether there is something new. */
    take(time: number): boolean {
      if (!waiting || Math.abs(time - taken) < EVERY_MS) return false
      waiting = false
      taken = time
      shown = { records: readNow(recorder.records$), status: readNow(recorder.status$) }
      return true
    },
    stop: () => news.unsubscribe(),
  }
}

/** Of a stream that has a value at once. */
function readNow<Value>(stream$: Observable<Value>): Value {
  let value: Value | undefined
  stream$.subscribe((latest) => (value = latest)).unsubscribe()
  return value!
}
