import type { Actions } from '../actions'
import { h } from '../dom/h'
import type { PanelModel } from '../model/panel-model'
import { countdown } from '../model/whole-seconds'
import type { UiState } from '../ui-state'
import { badge } from './icon'
import { tabsView } from './tabs'
import { tool } from './tool'

/** In a square of 16. */
const PATHS = {
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  resume: 'M5 3.2v9.6L12.5 8z',
  popOut: 'M9 2.5h4.5V7M13.5 2.5 8 8M7 4H3.5A1 1 0 0 0 2.5 5v7.5a1 1 0 0 0 1 1H11a1 1 0 0 0 1-1V9',
  bottom: 'M2.5 3h11v10h-11zM2.5 9.5h11',
  right: 'M2.5 3h11v10h-11zM9.5 3v10',
  close: 'm4 4 8 8m0-8-8 8',
}

export function headerView(model: PanelModel, ui: UiState, act: Actions, embedded: boolean) {
  const { life } = model
  const { paused } = model.status
  const other = ui.position === 'right' ? 'bottom' : 'right'
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
        paused ? PATHS.resume : PATHS.pause,
        `${paused ? 'Resume' : 'Pause'} recording`,
        () => act.pause(!paused),
        { key: 'pause' },
      ),
      !embedded &&
        !ui.popped &&
        tool(PATHS[other], `Dock at the ${other}`, () => act.set({ position: other, size: 0 }), {
          key: 'side',
        }),
      !embedded &&
        (ui.popped
          ? tool(PATHS.bottom, 'Dock again', act.dock)
          : tool(PATHS.popOut, 'Open in a window', act.popOut, {
              onpointerenter: act.prepare,
              onfocus: act.prepare,
            })),
      !embedded && tool(PATHS.close, 'Close', act.close),
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
