import type { Clock } from 'livekit-token-store'
import { clockTime } from './model/clock-time'
import type { PanelModel } from './model/panel-model'
import type { UiState } from './ui-state'

/** States pass quickly: only the ones that stay are worth interrupting a listener for. */
const SETTLED_AFTER_MS = 800

/** Names the state of the lifecycle that is shown, once it has settled. */
export function createAnnouncer(clock: Clock, say: (text: string) => void) {
  let last = ''
  let timer: unknown
  return {
    tell({ life, now }: PanelModel, { moment, said }: UiState) {
      const state = life ? `${life.label} ${moment ? 'was' : 'is'} ${life.ended ? 'gone' : life.status}.` : ''
      const text = moment ? `Showing the past, ${clockTime(now)}. ${state}` : state
      if (text === last) return
      last = text
      clock.clearTimeout(timer)
      if (text !== said) timer = clock.setTimeout(() => say(text), SETTLED_AFTER_MS)
    },
    stop: () => clock.clearTimeout(timer),
  }
}
