import type { Actions } from '../actions'
import { chartOf } from '../chart/counts'
import { mermaidOf } from '../chart/mermaid'
import { h } from '../dom/h'
import type { PanelModel } from '../model/panel-model'
import type { Pane } from '../pane-types'
import { SHARED } from '../styles/shared'
import type { UiState } from '../ui-state'
import { commandsView } from './commands'
import { CONTROLS_STYLE } from './style'

const controlsView = (model: PanelModel, ui: UiState, act: Actions) =>
  h(
    'div',
    { key: 'controls', class: 'controls' },
    commandsView(model, ui, act),
    sessionView(model, act),
    h(
      'section',
      { 'aria-label': 'Theme' },
      h('h2', null, 'Theme'),
      h(
        'div',
        { class: 'buttons' },
        (['system', 'light', 'dark'] as const).map((theme) =>
          h(
            'button',
            { key: theme, 'aria-pressed': ui.theme === theme, onclick: () => act.set({ theme }) },
            theme,
          ),
        ),
      ),
    ),
  )

export const pane: Pane = { style: SHARED + CONTROLS_STYLE, create: () => controlsView }

function sessionView({ status, records, own, life }: PanelModel, act: Actions) {
  return h(
    'section',
    { 'aria-label': 'Session' },
    h('h2', null, 'Session'),
    h(
      'div',
      { class: 'buttons' },
      button(status.paused ? 'Resume' : 'Pause', () => act.pause(!status.paused), { key: 'pause' }),
      button(status.imported ? 'Close session' : 'Clear', act.clear, { key: 'clear' }),
      button('Export', act.exportSession, { disabled: records.length === 0 }),
      button('Import', ({ currentTarget }) =>
        (currentTarget as Element).parentElement?.querySelector('input')?.click(),
      ),
      button('Copy as Mermaid', () => act.copy(mermaidOf(chartOf(own))), {
        disabled: !life,
      }),
      h('input', {
        type: 'file',
        accept: '.json,application/json',
        'aria-label': 'Session file',
        hidden: true,
        onchange({ target }: Event) {
          const input = target as HTMLInputElement
          act.importSession(input.files?.[0])
          // The same file may be chosen again.
          input.value = ''
        },
      }),
    ),
    h(
      'p',
      { class: 'quiet' },
      `${records.length} of at most ${status.maxRecords} records. A session file holds no token: it is safe to attach to a ticket. Drop one anywhere here to read it.`,
    ),
  )
}

const button = (
  label: string,
  onclick: (event: Event) => void,
  { key = label, disabled = false }: { key?: string; disabled?: boolean } = {},
) => h('button', { key, disabled, onclick }, label)
