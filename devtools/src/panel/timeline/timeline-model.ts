import { memo } from '../model/memo'
import type { PanelModel } from '../model/panel-model'
import type { UiState } from '../ui-state'
import { type Lane, lanesOf } from './lanes'
import { type Range, rangeOf } from './range'
import { scale } from './timeline-paths'

export interface TimelineModel extends PanelModel {
  readonly lanes: readonly Lane[]
  /** What is in sight. */
  readonly range: Range
  /** px that it has. */
  readonly width: number
  /** Where a moment is, px from the left. */
  readonly x: (at: number) => number
}

export function createTimelineModel() {
  const lanes = memo(lanesOf)
  return (model: PanelModel, { zoom, measured: { plot } }: UiState): TimelineModel => {
    const { records, present } = model
    const range = rangeOf(zoom, records[0]?.at ?? present, present)
    return { ...model, lanes: lanes(records), range, width: plot, x: scale(range, plot) }
  }
}
