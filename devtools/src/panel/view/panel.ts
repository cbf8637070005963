import type { Actions } from '../actions'
import { type Child, h } from '../dom/h'
import type { PaneName } from '../every-pane'
import type { PanelModel } from '../model/panel-model'
import type { Panes } from '../panes'
import type { UiState } from '../ui-state'
import { bannersView } from './banners'
import { gripView } from './grip'
import { headerView } from './header'
import { tabOf } from './tabs'

/** The whole panel, of the model and of what the user asked to see. `panes` come once they are asked for. */
export function panelView(model: PanelModel, ui: UiState, act: Actions, embedded: boolean, panes: Panes) {
  const place = embedded ? 'embedded' : ui.popped ? 'window' : ui.position
  const tab = tabOf(ui)
  const empty = model.records.length === 0 && tab !== 'controls'
  return h(
    'section',
    {
      class: 'panel',
      'aria-label': 'Token devtools',
      lang: 'en',
      'data-place': place,
      'data-theme': ui.theme,
      'data-dropping': ui.dropping,
    },
    (place === 'bottom' || place === 'right') && gripView(ui, act, place),
    headerView(model, ui, act, embedded),
    h('div', { class: 'banners' }, bannersView(model, ui, act)),
    h(
      'div',
      {
        class: 'body',
        'data-tab': empty ? 'empty' : tab,
        id: 'view',
        role: 'tabpanel',
        'aria-labelledby': `tab-${tab}`,
      },
      body(),
    ),
    h('p', { class: 'unseen', role: 'status' }, ui.said),
  )

  function draw(name: PaneName): Child {
    return panes.viewOf(name)?.(model, ui, act)
  }

  function body(): Child {
    if (empty) return draw('empty')
    if (tab !== 'overview') return draw(tab)
    return [
      h('div', { key: 'side', class: 'side' }, draw('chart'), draw('commands')),
      draw('timeline'),
      h('div', { key: 'list', class: 'half' }, draw('events')),
      h('div', { key: 'one', class: 'half' }, draw('inspect')),
    ]
  }
}
