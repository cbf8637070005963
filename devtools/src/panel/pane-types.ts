import type { Actions } from './actions'
import type { Child } from './dom/h'
import type { PanelModel } from './model/panel-model'
import type { UiState } from './ui-state'

export type PaneView = (model: PanelModel, ui: UiState, act: Actions) => Child

/** A part of what is below the header: a file of its own for the browser. */
export interface Pane {
  readonly style: string
  create(): PaneView
}
