import type { TokenStatus } from 'livekit-token-store'
import { h } from '../dom'
import { stateIcon } from './state-icon'

/** A state's name with its shape and colour. */
export const stateBadge = (status: TokenStatus): HTMLElement =>
  h('span', { class: 'badge', 'data-state': status }, stateIcon(status), status)
