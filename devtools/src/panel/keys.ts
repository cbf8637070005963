import type { Actions } from './actions'
import type { UiState } from './ui-state'
import { tabOf } from './view/tabs'

/** The keys that mean the same everywhere in the panel. */
export function onPanelKey(event: KeyboardEvent, ui: UiState, act: Actions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const field = (event.target as Element).closest('input, select')
  if (event.key === 'Escape') {
    event.preventDefault()
    // Like any search field: first what is in it goes.
    if (field?.matches('.search') && ui.text) act.set({ text: '' })
    else act.close()
  }
  if (event.key === '/' && !field) {
    event.preventDefault()
    if (tabOf(ui) !== 'overview') act.set({ tab: 'events' })
    act.focus('.search')
  }
}
