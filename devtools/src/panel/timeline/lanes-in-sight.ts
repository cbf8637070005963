import type { Actions } from '../actions'
import type { Measured, UiState } from '../ui-state'
import { isNewPlace } from '../view/new-place'
import { LANE } from './timeline-paths'

/** Lanes kept ready above and below: whoever scrolls is not to see them come. */
const SPARE = 2

/** The room that there is for lanes: beside their names, and in height. */
export function measureLanes(frame: Element, { measured }: UiState): Partial<Measured> {
  const [all, names] = ['.timeline', '.zoom'].map((one) => frame.querySelector(one))
  if (!all || !names) return {}
  if (isNewPlace(all)) all.scrollTop = measured.firstLane * LANE
  return {
    plot: Math.max(100, all.clientWidth - names.clientWidth),
    firstLane: firstLane(all),
    lanes: Math.ceil(all.clientHeight / LANE),
  }
}

export function onLanesScroll({ currentTarget }: Event, { measured }: UiState, act: Actions): void {
  const first = firstLane(currentTarget as Element)
  if (first !== measured.firstLane) act.set({ measured: { ...measured, firstLane: first } })
}

const firstLane = ({ scrollTop }: Element) => Math.floor(scrollTop / LANE)

/** Whether that one is worth drawing. */
export const isInSight = (index: number, { measured: { firstLane, lanes } }: UiState): boolean =>
  index >= firstLane - SPARE && index <= firstLane + lanes + SPARE
