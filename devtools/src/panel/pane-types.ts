import type { Actions } from './actions'
import type { Child } from './dom/h'
import type { PanelModel } from './model/panel-model'
import type { PaneName } from './panes'
import type { Measured, UiState } from './ui-state'

export type PaneView = (
  model: PanelModel,
  ui: UiState,
  act: Actions,
  /** Another pane, as a part of this one. */
  draw: (name: PaneName) => Child,
) => Child

/** A part of the panel that may come later than its frame. */
export interface Pane {
  readonly style: string
  create(): PaneView
  /** What the last drawing tells of the room that it has, once it was drawn in `frame`. */
  measure?(frame: Element, ui: UiState): Partial<Measured>
}
