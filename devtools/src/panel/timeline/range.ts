import { clamp } from '../model/clamp'
import type { Zoom } from '../ui-state'

/** What the timeline shows: ms since the epoch. */
export interface Range {
  readonly from: number
  readonly to: number
}

const [LEAST, MOST] = [200, 30 * 86_400_000]
/** Room at the right for what is due soon. */
const AHEAD = 0.15

export function rangeOf({ span, end }: Zoom, first: number, now: number): Range {
  const all = Math.max(10_000, (now - first) / (1 - AHEAD - 0.02))
  const length = clamp(span ?? all, LEAST, MOST)
  const to = end ?? now + length * AHEAD
  return { from: to - length, to }
}

/**
 * The same in steps of half a pixel to a whole one of `width`, and the present with it: what moves by less is not to be
 * seen, and need not be drawn again.
 */
export function onPixels(zoom: Zoom, first: number, now: number, width: number) {
  const rough = rangeOf(zoom, first, now)
  const px = 2 ** Math.floor(Math.log2((rough.to - rough.from) / Math.max(1, width)))
  const edge = Math.ceil(now / px) * px
  return { ...rangeOf(zoom, Math.floor(first / px) * px, edge), edge }
}

/** By `factor`, around the moment at `share` of the width. The present stays in sight while it is followed. */
export function zoomed(zoom: Zoom, { from, to }: Range, factor: number, share: number): Zoom {
  const span = clamp((to - from) * factor, LEAST, MOST)
  const fixed = from + (to - from) * share
  return { span, end: zoom.end === null ? null : fixed + span * (1 - share) }
}

/** Later by `ms`; from then on it stands still. */
export const panned = ({ from, to }: Range, ms: number): Zoom => ({ span: to - from, end: to + ms })

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500]
  .concat([1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000))
  .concat([1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000))
  .concat([1, 2, 3, 6, 12, 24, 48, 120, 240].map((hours) => hours * 3_600_000))

/** Round moments, at most `count` of them. */
export function ticksOf({ from, to }: Range, count: number): readonly number[] {
  const step = STEPS.find((size) => (to - from) / size <= count) ?? STEPS.at(-1)!
  const first = Math.ceil(from / step) * step
  return Array.from(
    { length: Math.max(0, Math.floor((to - first) / step) + 1) },
    (_, index) => first + index * step,
  )
}
