import type { Actions } from '../actions'
import { h } from '../dom/h'

export const banner = (kind: string, text: string, label: string, onclick: () => void) =>
  h(
    'div',
    // What came of an order is for the ear too.
    { key: kind, class: `banner ${kind}`, role: kind === 'notice' ? 'alert' : null },
    h('span', null, text),
    h('button', { onclick }, label),
  )

/** Which moment it is may be still to be told. */
export const pastBanner = (act: Actions, which = '') =>
  banner('past', `Showing the past${which}. It changes nothing.`, 'Back to live', () => act.look(null))
