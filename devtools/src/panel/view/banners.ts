import type { Actions } from '../actions'
import { h } from '../dom/h'
import type { PanelModel } from '../model/panel-model'
import { dateTime } from '../model/times'
import { sentence } from '../model/words'
import type { UiState } from '../ui-state'

/** What is not as usual: the past, a session from a file, a pause, and what was lost. */
export function bannersView({ status, known, now }: PanelModel, ui: UiState, act: Actions) {
  const last = known.at(-1)
  return [
    ui.moment &&
      banner(
        'past',
        `Showing the past: ${dateTime(now)}${last ? `, ${sentence(last)}` : ''}. It changes nothing.`,
        'Back to live',
        () => act.look(null),
      ),
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
      banner('dropped', `The oldest ${status.dropped} records made room for newer ones.`),
    ui.notice && banner('notice', ui.notice, 'Dismiss', () => act.set({ notice: '' })),
  ]
}

const banner = (kind: string, text: string, label?: string, onclick?: () => void) =>
  h(
    'div',
    // What came of an order is for the ear too.
    { key: kind, class: `banner ${kind}`, role: kind === 'notice' ? 'alert' : null },
    h('span', null, text),
    label && h('button', { onclick: onclick ?? null }, label),
  )
