import type { TokenRecord } from '../../recorder/record'
import type { Actions } from '../actions'
import { h } from '../dom/h'
import { memo } from '../model/memo'
import type { PanelModel } from '../model/panel-model'
import type { Pane, PaneView } from '../pane-types'
import { SHARED } from '../styles/shared'
import type { UiState } from '../ui-state'
import { WHAT_STYLE } from '../view/what'
import { filtersView } from './filters'
import { onListKey } from './list-keys'
import { measureList, onListScroll } from './list-scroll'
import { rowView } from './row'
import { ROW, rowsToShow, SPARE_FOR_ROOM } from './rows'
import { search } from './search'
import { EVENTS_STYLE } from './style'

/** The list of what happened. Only the rows in sight are in the page. */
function createEvents(): PaneView {
  const found = memo(search)
  return (model, ui, act) =>
    eventsView(found(model.known, ui.text, ui.store, ui.type, ui.outcome), model, ui, act)
}

export const pane: Pane = {
  style: SHARED + WHAT_STYLE + EVENTS_STYLE,
  create: createEvents,
  measure: measureList,
}

function eventsView(events: readonly TokenRecord[], model: PanelModel, ui: UiState, act: Actions) {
  const { list } = ui.measured
  const scrolled = ui.stick ? events.length * ROW - list : ui.measured.scrolled
  const active =
    ui.selected === null
      ? events.length - 1
      : events.findIndex(({ sequence }) => sequence === model.record?.sequence)
  const { dropped, imported, paused } = model.status
  const makingRoom = dropped > 0 && !imported && !paused && !ui.stick
  let top = 0
  const inPage = rowsToShow(events.length, scrolled, list, active, makingRoom ? SPARE_FOR_ROOM : undefined)
  const rows = inPage.flatMap((index) => {
    // The first stays the first: what is moved would lose its focus.
    const above = gap(top === 0 ? 'first' : 'between', index - top)
    top = index + 1
    return [above, rowView(model, ui, act, events, index, index === active)]
  })
  return h(
    'div',
    { key: 'events', class: 'events' },
    filtersView(events.length, model, ui, act),
    events.length === 0 && h('p', { class: 'none' }, 'No event passes the filters.'),
    h(
      'div',
      {
        class: 'list',
        role: 'listbox',
        'aria-label': 'Events',
        tabindex: active < 0 && events.length > 0 ? 0 : -1,
        onkeydown: (event: KeyboardEvent) => onListKey(event, events, act, Math.floor(list / ROW)),
        onscroll: (event: Event) => onListScroll(event, ui, act),
      },
      rows,
      gap('below', events.length - top),
    ),
  )
}

/** As high as the rows that are not there. */
const gap = (key: string, rows: number) =>
  rows > 0 && h('svg', { key, class: 'gap', width: 1, height: rows * ROW, 'aria-hidden': 'true' })
