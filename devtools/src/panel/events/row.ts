import { outcomeOf } from '../../recorder/filter-records'
import type { TokenRecord } from '../../recorder/record'
import type { Actions } from '../actions'
import { h } from '../dom/h'
import { clockTime } from '../model/clock-time'
import { lifeOf } from '../model/life-of'
import type { PanelModel } from '../model/panel-model'
import type { UiState } from '../ui-state'
import { whatView } from '../view/what'

export function rowView(
  model: PanelModel,
  ui: UiState,
  act: Actions,
  events: readonly TokenRecord[],
  index: number,
  active: boolean,
) {
  const record = events[index]!
  const label = lifeOf(model, record)?.label
  return h(
    'div',
    {
      key: record.sequence,
      class: 'row',
      role: 'option',
      tabindex: active ? 0 : -1,
      'aria-selected': ui.selected !== null && record === model.record,
      'aria-setsize': events.length,
      'aria-posinset': index + 1,
      'data-outcome': outcomeOf(record),
      // On the way up the row may have moved on.
      onpointerdown: ({ button }: PointerEvent) => button === 0 && act.select(record),
      onclick: () => act.select(record),
      onfocus: () => ui.selected === null && act.select(record),
    },
    h('time', null, clockTime(record.at)),
    model.lives.size > 1 && h('span', { class: 'of' }, label),
    whatView(record),
  )
}
