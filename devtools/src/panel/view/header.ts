import type { Actions } from '../actions'
import { h } from '../dom/h'
import type { PanelModel } from '../model/panel-model'
import { countdown } from '../model/times'
import type { UiState } from '../ui-state'
import { badge, tool } from './icon'
import { tabsView } from './tabs'

export function headerView(model: PanelModel, ui: UiState, act: Actions, embedded: boolean) {
  const { status, life } = model
  return h(
    'header',
    { class: 'bar' },
    h('div', { class: 'now' }, pickerView(model, act), life && !life.ended && badge(life.status)),
    h('span', { class: 'due quiet' }, dueText(model)),
    tabsView(ui, act),
    h(
      'div',
      { class: 'tools', role: 'group', 'aria-label': 'Panel' },
      // The same button, whatever it shows: it keeps the focus.
      tool(
        status.paused ? 'resume' : 'pause',
        status.paused ? 'Resume recording' : 'Pause recording',
        () => act.pause(!status.paused),
        { key: 'pause' },
      ),
      !embedded &&
        !ui.popped &&
        tool(
          ui.position === 'right' ? 'bottom' : 'right',
          ui.position === 'right' ? 'Dock at the bottom' : 'Dock at the right',
          () => act.set({ position: ui.position === 'right' ? 'bottom' : 'right', size: 0 }),
          { key: 'side' },
        ),
      !embedded &&
        (ui.popped ? tool('bottom', 'Dock again', act.dock) : tool('popOut', 'Open in a window', act.popOut)),
      !embedded && tool('close', 'Close', act.close),
    ),
  )
}

function pickerView({ lives, life, stores }: PanelModel, act: Actions) {
  return h(
    'select',
    {
      class: 'picker',
      'aria-label': 'Lifecycle',
      value: life?.key ?? '',
      onchange: ({ target }: Event) => act.set({ life: (target as HTMLSelectElement).value, selected: null }),
    },
    lives.size === 0 && h('option', { value: '' }, 'no lifecycle yet'),
    [...lives.values()].map(({ key, label, store, ended }) =>
      h(
        'option',
        { key, value: key },
        [label, stores.size > 1 && store, ended && 'ended'].filter(Boolean).join(' · '),
      ),
    ),
  )
}

/** What happens next, and when. */
function dueText({ life, now }: PanelModel): string {
  if (!life) return ''
  const { ended, status, view, nextAt, error, clockOffset, offline } = life
  const facts = [
    offline ? 'offline' : nextAt !== null && nextAt > now && `next try in ${countdown(nextAt - now)}`,
    view && status === 'valid' && `refresh in ${countdown(view.refreshAt - now)}`,
    view && `expires in ${countdown(view.expiresAt - clockOffset - now)}`,
  ]
  return [ended ? 'ended' : error, ...facts].filter(Boolean).join(' · ')
}
