import type { ByLife } from '../model/by-life'
import { memo } from '../model/memo'
import type { PanelModel } from '../model/panel-model'
import { perLife } from '../model/per-life'
import type { UiState } from '../ui-state'
import { type Lane, laneOf, shownOf } from './lanes'
import { onPixels, type Range } from './range'
import { scale } from './timeline-paths'

export interface TimelineModel extends PanelModel {
  readonly lanes: readonly Lane[]
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
  const lanes = memo((all: ByLife, picked: string | undefined) => [...perLane(shownOf(all, picked)).values()])
  const perLane = perLife(laneOf)
  const rangeFrom = memo((from: number, to: number): Range => ({ from, to }))
  return (model: PanelModel, { zoom, measured: { plot } }: UiState): TimelineModel => {
    const { records, present, byLife, life } = model
    const { from, to, edge } = onPixels(zoom, records[0]?.at ?? present, present, plot)
    const range = rangeFrom(from, to)
    return { ...model, lanes: lanes(byLife, life?.key), range, edge, width: plot, x: scale(range, plot) }
  }
}
