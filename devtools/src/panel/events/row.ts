import { outcomeOf } from '../../recorder/filter-records'
import type { TokenRecord } from '../../recorder/record'
import type { Actions } from '../actions'
import { h } from '../dom/h'
import { lifeOf, type PanelModel } from '../model/panel-model'
import { clockTime } from '../model/times'
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
      'aria-selected': record.sequence === ui.selected,
      'aria-setsize': events.length,
      'aria-posinset': index + 1,
      'data-outcome': outcomeOf(record),
      onclick: () => act.select(record),
    },
    h('time', null, clockTime(record.at)),
    model.lives.size > 1 && h('span', { class: 'of' }, label),
    whatView(record),
  )
}
