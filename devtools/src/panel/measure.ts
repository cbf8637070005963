import { ROW } from './events/rows'
import type { Measured, UiState } from './ui-state'

/** How much room the last drawing has; keeps the list at its end when it is to stay there. */
export function measure(frame: HTMLElement, { measured, stick }: UiState): Measured {
  const panel = frame.querySelector('.panel')
  const plot = frame.querySelector('.timeline')
  const names = frame.querySelector('.zoom')
  const list = frame.querySelector('.list')
  // One that is shown again, as after another tab, begins where it was left.
  if (list && !known.has(list)) list.scrollTop = measured.scrolled
  if (list) known.add(list)
  if (list && stick) list.scrollTop = list.scrollHeight
  return {
    width: panel?.clientWidth ?? measured.width,
    plot: plot && names ? Math.max(100, plot.clientWidth - names.clientWidth) : measured.plot,
    list: list?.clientHeight ?? measured.list,
    // At its end, that is known without looking.
    scrolled: list && !stick ? scrolledRows(list) : measured.scrolled,
  }
}

const known = new WeakSet<Element>()

/** Brings the row that was picked elsewhere to the middle of the list. */
export function reveal(frame: HTMLElement): void {
  const list = frame.querySelector('.list')
  const row = list?.querySelector('[aria-selected=true]')
  if (!list || !row) return
  const [{ top, height }, at] = [list.getBoundingClientRect(), row.getBoundingClientRect()]
  if (at.top < top || at.bottom > top + height) list.scrollTop += at.top - top - height / 2
}

/** px, in whole rows: within one nothing changes. */
export const scrolledRows = ({ scrollTop }: Element): number => Math.floor(scrollTop / ROW) * ROW

export const sameMeasures = (a: Measured, b: Measured): boolean =>
  a.width === b.width && a.plot === b.plot && a.list === b.list && a.scrolled === b.scrolled
