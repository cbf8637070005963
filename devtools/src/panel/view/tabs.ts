import type { Actions } from '../actions'
import { h } from '../dom/h'
import type { PanelTab } from '../panel-options'
import { TABS, type UiState, WIDE } from '../ui-state'

/** All at once is for those who have the room. */
export const tabsOf = ({ measured }: UiState): readonly PanelTab[] =>
  measured.width < WIDE ? TABS.slice(1) : TABS

export const tabOf = (ui: UiState): PanelTab => (tabsOf(ui).includes(ui.tab) ? ui.tab : 'timeline')

export function tabsView(ui: UiState, act: Actions) {
  const [tabs, shown] = [tabsOf(ui), tabOf(ui)]
  return h(
    'div',
    {
      class: 'tabs',
      role: 'tablist',
      'aria-label': 'Views',
      onkeydown: (event: KeyboardEvent) => {
        const here = tabs.indexOf(shown)
        const there = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: -1 }[event.key]
        if (there === undefined) return
        event.preventDefault()
        act.set({ tab: tabs.at(there % tabs.length)!, hover: null })
        act.focus('[role=tab][tabindex="0"]')
      },
    },
    tabs.map((tab) =>
      h(
        'button',
        {
          key: tab,
          id: `tab-${tab}`,
          role: 'tab',
          'aria-selected': tab === shown,
          'aria-controls': tab === shown ? 'view' : null,
          tabindex: tab === shown ? 0 : -1,
          onclick: () => act.set({ tab, hover: null }),
        },
        tab[0]!.toUpperCase() + tab.slice(1),
      ),
    ),
  )
}
