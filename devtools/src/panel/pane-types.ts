import type { Actions } from './actions'
import type { Child } from './dom/h'
import type { PanelModel } from './model/panel-model'
import type { UiState } from './ui-state'

export type PaneView = (model: PanelModel, ui: UiState, act: Actions) => Child

/** All that is below the header: a file of its own for the browser, so that neither of the two is big. */
export type Panes = Readonly<
  Record<'timeline' | 'chart' | 'events' | 'inspect' | 'commands' | 'controls', PaneView>
>
