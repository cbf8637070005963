import type { Range } from './range'

export const LANE = 56
/** px from a lane's top, and px of height. */
export const BANDS = { state: [5, 20], attempt: [28, 6], room: [39, 10] } as const

/** How high a state's segments are, as a share: without a usable token there is less to see. */
const HEIGHTS: Readonly<Record<string, number>> = {
  idle: 0.15,
  fetching: 0.55,
  failed: 0.55,
  connecting: 0.5,
  reconnecting: 0.5,
  disconnected: 0.15,
}

export const scale =
  ({ from, to }: Range, width: number) =>
  (at: number): number =>
    round(((at - from) / (to - from)) * width)

const round = (px: number) => Math.round(px * 10) / 10

/** px: bars stand on the foot of their band. */
export const heightOf = (band: keyof typeof BANDS, state: string): number =>
  round(BANDS[band][1] * (HEIGHTS[state] ?? 1))

interface Bar {
  readonly from: number
  readonly to: number | null
}

/**
 * All bars of one colour in a lane as one path: however many there are, the page stays as small. Bars that would
 * share a pixel with the one before them are drawn once.
 */
export function barsPath(
  bars: readonly Bar[],
  band: keyof typeof BANDS,
  state: string,
  range: Range,
  width: number,
  present: number,
): string {
  const x = scale(range, width)
  const [top, full] = BANDS[band]
  const height = heightOf(band, state)
  let path = ''
  let drawn = Number.NEGATIVE_INFINITY
  for (const { from, to } of bars) {
    const end = to ?? present
    if (end < range.from || from > range.to) continue
    const left = Math.max(-4, x(from))
    const right = Math.min(width + 4, Math.max(x(end), left + 1.5))
    if (right - drawn < 1) continue
    path += `M${left} ${top + full - height}H${right}V${top + full}H${left}z`
    drawn = right
  }
  return path
}
