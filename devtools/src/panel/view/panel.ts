import type { Actions } from '../actions'
import { type Child, h } from '../dom/h'
import type { PanelModel } from '../model/panel-model'
import type { PaneName, Panes } from '../panes'
import type { UiState } from '../ui-state'
import { pastBanner } from './banner'
import { bannersView } from './banners'
import { gripView } from './grip'
import { headerView } from './header'
import { tabOf } from './tabs'

/** The whole panel, of the model and of what the user asked to see. `panes` come once they are asked for. */
export function panelView(model: PanelModel, ui: UiState, act: Actions, embedded: boolean, panes: Panes) {
  const place = embedded ? 'embedded' : ui.popped ? 'window' : ui.position
  const tab = tabOf(ui)
  const shown = model.records.length === 0 && tab !== 'controls' ? 'empty' : tab
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
    h(
      'div',
      { class: 'banners' },
      ui.moment && (draw('past') ?? pastBanner(act)),
      bannersView(model, ui, act),
    ),
    h(
      'div',
      {
        class: 'body',
        'data-tab': shown,
        id: 'view',
        role: 'tabpanel',
        'aria-labelledby': `tab-${tab}`,
      },
      draw(shown) ??
        // Not to be seen before it takes long.
        h('p', { key: 'wait', class: 'wait', role: panes.trouble && 'alert' }, panes.trouble || 'Loading…'),
    ),
    h('p', { class: 'unseen', role: 'status' }, ui.said),
  )

  function draw(name: PaneName): Child {
    return panes.viewOf(name)?.(model, ui, act, draw)
  }
}
