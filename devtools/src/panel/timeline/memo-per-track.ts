import { memo } from '../model/memo'
import type { Track } from './timeline-model'

/** Remembers the last answer for each track, for as long as there is that track. */
export function memoPerTrack<Args extends readonly unknown[], Result>(
  compute: (...args: Args) => Result,
): (track: Track) => (...args: Args) => Result {
  const known = new WeakMap<Track, (...args: Args) => Result>()
  return (track) => {
    const own = known.get(track) ?? memo(compute)
    known.set(track, own)
    return own
  }
}
