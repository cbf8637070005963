import { checkRecorder } from '../recorder/check-recorder'
import { isLast, keyOf } from '../recorder/record'
import type { Recorder } from '../recorder/types'
import { followRecords } from './follow-records'
import { LifecycleTrack } from './lifecycle-track'
import { once } from './once'
import { TrackEntries, type UserTiming } from './track-entry'

/**
 * Shows the lifecycles in Chrome's Performance panel, in a group of tracks of their own, beside what the page does
 * meanwhile. They are user timings, so other tools show them too, and Node has them. A state is written once it is
 * over: record until then.
 *
 * @returns what takes it back, its entries in the browser's buffer included.
 * @throws TypeError when `recorder` is none.
 */
export function connectPerformanceTrack(recorder: Recorder): () => void {
  checkRecorder(recorder)
  const timing = (globalThis as { performance?: Partial<UserTiming> }).performance
  if (!hasUserTiming(timing)) return () => {}
  const entries = new TrackEntries(timing)
  const tracks = new Map<string, LifecycleTrack>()
  const stopFollowing = followRecords(recorder, {
    tell(record) {
      const key = keyOf(record)
      const track = tracks.get(key) ?? new LifecycleTrack(entries, record)
      tracks.set(key, track)
      track.tell(record)
      if (!isLast(record)) return
      track.end(record)
      tracks.delete(key)
    },
  })
  return once(() => {
    stopFollowing()
    entries.clear()
  })
}

const hasUserTiming = (timing: Partial<UserTiming> | undefined): timing is UserTiming =>
  (['mark', 'measure', 'clearMarks', 'clearMeasures'] as const).every(
    (name) => typeof timing?.[name] === 'function',
  )
