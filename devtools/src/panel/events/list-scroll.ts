import type { Actions } from '../actions'
import type { Measured, UiState } from '../ui-state'
import { isNewPlace } from '../view/new-place'
import { ROW } from './rows'

/** The list after it was drawn, which stays at its end when it is to, and shows the row that was picked elsewhere. */
export function measureList(frame: Element, { measured, stick, reveal }: UiState): Partial<Measured> {
  const list = frame.querySelector('.list')
  if (!list) return {}
  if (isNewPlace(list)) list.scrollTop = measured.scrolled
  if (stick) list.scrollTop = list.scrollHeight
  if (reveal > measured.revealed) bringIntoSight(list)
  return {
    list: list.clientHeight,
    // At its end, that is known without looking.
    scrolled: stick ? measured.scrolled : scrolledRows(list),
    revealed: reveal,
  }
}

/** To the middle. */
function bringIntoSight(list: Element): void {
  const row = list.querySelector('[aria-selected=true]')
  if (!row) return
  const [{ top, height }, at] = [list.getBoundingClientRect(), row.getBoundingClientRect()]
  if (at.top < top || at.bottom > top + height) list.scrollTop += at.top - top - height / 2
}

/** px, in whole rows: within one nothing changes. */
const scrolledRows = ({ scrollTop }: Element): number => Math.floor(scrollTop / ROW) * ROW

/** At its end the list stays there; anywhere else it stays where it is. */
export function onListScroll({ currentTarget }: Event, { stick, measured }: UiState, act: Actions): void {
  const list = currentTarget as Element
  const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 2
  const scrolled = scrolledRows(list)
  // The panel scrolls it too, to the end.
  if (atEnd === stick && (atEnd || scrolled === measured.scrolled)) return
  act.set({ stick: atEnd, measured: { ...measured, scrolled } })
}
