import type { Actions } from '../actions'
import type { PanelModel } from '../model/panel-model'
import type { UiState } from '../ui-state'
import { banner } from './banner'

/** What is not as usual: a session from a file, a pause, and what was lost. */
export function bannersView({ status }: PanelModel, ui: UiState, act: Actions) {
  return [
    status.imported &&
      banner(
        'imported',
        'An imported session, for reading: no store is touched.',
        'Close session',
        act.clear,
      ),
    status.paused &&
      banner('paused', 'Paused: what happens now is not kept.', 'Resume', () => act.pause(false)),
    !status.imported &&
      status.dropped > 0 &&
      !ui.droppedHidden &&
      banner('dropped', `The oldest ${status.dropped} records made room for newer ones.`, 'Hide', () =>
        act.set({ droppedHidden: true }),
      ),
    ui.notice && banner('notice', ui.notice, 'Dismiss', () => act.set({ notice: '' })),
  ]
}
