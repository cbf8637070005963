import { dateTime } from '../model/date-time'
import { sentence } from '../model/words'
import type { Pane, PaneView } from '../pane-types'
import { pastBanner } from '../view/banner'

/** Which moment is looked at, and the way back. */
const pastView: PaneView = ({ known, now }, _ui, act) =>
  pastBanner(act, `: ${[dateTime(now), ...known.slice(-1).map(sentence)].join(', ')}`)

export const pane: Pane = { style: '', create: () => pastView }
