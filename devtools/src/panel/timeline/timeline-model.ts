import type { ByLife } from '../model/by-life'
import { memo } from '../model/memo'
import type { PanelModel } from '../model/panel-model'
import { perLife } from '../model/per-life'
import type { UiState } from '../ui-state'
import { type Lane, laneOf, shownOf } from './lanes'
import { onPixels, type Range } from './range'
import { scale } from './timeline-paths'

/** A lane is made when it is drawn: most of many are out of sight. */
export interface Track {
  readonly key: string
  readonly lane: () => Lane
}

export interface TimelineModel extends PanelModel {
  readonly tracks: readonly Track[]
  /** What is in sight. */
  readonly range: Range
  /** The present, at the pixel that it is drawn at. */
  readonly edge: number
  /** px that it has. */
  readonly width: number
  /** Where a moment is, px from the left. */
  readonly x: (at: number) => number
}

export function createTimelineModel() {
  const tracks = memo((all: ByLife, picked: string | undefined) => [
    ...perTrack(shownOf(all, picked)).values(),
  ])
  const perTrack = perLife((own, key): Track => ({ key, lane: memo(() => laneOf(own, key)) }))
  const rangeFrom = memo((from: number, to: number): Range => ({ from, to }))
  return (model: PanelModel, { zoom, measured: { plot } }: UiState): TimelineModel => {
    const { records, present, byLife, life } = model
    const { from, to, edge } = onPixels(zoom, records[0]?.at ?? present, present, plot)
    const range = rangeFrom(from, to)
    return { ...model, tracks: tracks(byLife, life?.key), range, edge, width: plot, x: scale(range, plot) }
  }
}
