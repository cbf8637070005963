import { map, type Observable } from 'rxjs'
import type { Recorder } from './types'

const known = new WeakMap<Recorder, Observable<void>>()

/** For who looks now and then: told of each change of the records, without the list of them that `records$` makes. */
export const newsOf = (recorder: Recorder): Observable<void> =>
  known.get(recorder) ?? recorder.records$.pipe(map(() => {}))

export function withNews<Told extends Recorder>(recorder: Told, news$: Observable<void>): Told {
  known.set(recorder, news$)
  return recorder
}
