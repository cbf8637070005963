import { COMMAND_NAMES } from '../../recorder/commands'
import type { Actions } from '../actions'
import { h } from '../dom/h'
import type { Life } from '../model/lives'
import { memo } from '../model/memo'
import type { PanelModel } from '../model/panel-model'
import type { Pane } from '../pane-types'
import { SHARED } from '../styles/shared'
import type { UiState } from '../ui-state'
import { CONTROLS_STYLE } from './style'

/** What may be asked of the lifecycle that is shown. */
export const commandsView = (model: PanelModel, ui: UiState, act: Actions) =>
  viewOf(model.life, whyNot(model, ui), act)

function viewOf(life: Life | null, why: string | null, act: Actions) {
  return h(
    'section',
    { key: 'commands', 'aria-label': 'Commands' },
    h('h2', null, 'Commands', !why && h('span', { class: 'quiet' }, ` ${life?.label}`)),
    why && h('p', { class: 'quiet' }, why),
    life &&
      !why &&
      h(
        'div',
        { class: 'buttons' },
        COMMAND_NAMES.map((name) => {
          const pressed = name === 'simulate-offline' ? life.offline : null
          return h(
            'button',
            { key: name, 'aria-pressed': pressed, onclick: () => act.command(life.key, name) },
            name,
          )
        }),
      ),
  )
}

export const pane: Pane = {
  style: SHARED + CONTROLS_STYLE,
  create() {
    const view = memo(viewOf)
    return (model, ui, act) => view(model.life, whyNot(model, ui), act)
  },
}

function whyNot({ status, life }: PanelModel, { moment }: UiState): string | null {
  if (status.imported) return 'A session is for reading: there is nothing to command.'
  if (!status.allowCommands) return 'Commands are off: create the recorder with allowCommands: true.'
  if (moment) return 'The past cannot be changed.'
  return life && !life.ended ? null : 'There is no lifecycle to command.'
}
