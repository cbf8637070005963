import { h } from '../dom/h'
import type { Lane } from './lanes'
import type { Range } from './range'
import { MARK_KINDS, symbolsPath } from './symbols'
import { BANDS, barsPath, heightOf, LANE, scale } from './timeline-paths'

/** px that a state's name needs, a letter. */
const LETTER = 7
/** px from a lane's top, of the states' band. */
const FOOT = BANDS.state[0] + BANDS.state[1]

export function laneView(
  lane: Lane,
  index: number,
  range: Range,
  width: number,
  edge: number,
  picked: boolean,
) {
  const x = scale(range, width)
  const bars = (kind: keyof typeof BANDS, all: readonly Bar[]) =>
    [...new Set(all.map(({ state }) => state))].map((state) =>
      h('path', {
        key: kind + state,
        class: kind,
        'data-state': state,
        d: barsPath(
          all.filter((one) => one.state === state),
          kind,
          state,
          range,
          width,
          edge,
        ),
      }),
    )
  const marks = lane.marks.filter(({ at }) => at >= range.from && at <= range.to)
  return h(
    'g',
    { key: lane.key, class: `lane${picked ? ' picked' : ''}`, transform: `translate(0 ${index * LANE})` },
    h('rect', { class: 'ground', width, height: LANE }),
    bars('state', lane.states),
    bars(
      'attempt',
      lane.attempts.map((one) => ({ ...one, state: one.outcome })),
    ),
    bars('room', lane.room),
    lane.states.flatMap(({ state, from, to }, at) => {
      const [left, right] = [Math.max(0, x(from)), Math.min(width, x(to ?? edge))]
      const fits = right - left > state.length * LETTER + 8 && state !== 'idle'
      return fits
        ? [h('text', { key: `text ${at}`, x: left + 6, y: FOOT - heightOf('state', state) / 2 + 4 }, state)]
        : []
    }),
    MARK_KINDS.map((kind) =>
      h('path', {
        key: kind,
        class: `mark ${kind}`,
        d: symbolsPath(
          marks.filter((mark) => mark.kind === kind).map(({ at }) => x(at)),
          kind,
        ),
      }),
    ),
  )
}

interface Bar {
  readonly state: string
  readonly from: number
  readonly to: number | null
}
