import { dateTime } from '../model/date-time'
import { sentence } from '../model/words'
import type { Pane, PaneView } from '../pane-types'
import { banner } from '../view/banner'

/** Which moment is looked at, and the way back. */
const pastView: PaneView = ({ known, now }, _ui, act) => {
  const last = known.at(-1)
  return banner(
    'past',
    `Showing the past: ${dateTime(now)}${last ? `, ${sentence(last)}` : ''}. It changes nothing.`,
    'Back to live',
    () => act.look(null),
  )
}

export const pane: Pane = { style: '', create: () => pastView }
