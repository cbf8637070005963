import type { TokenStatus } from 'livekit-token-store'
import { h } from '../dom/h'

/** 16 by 16. A shape for each state, so that its colour is not all that tells it. */
const SHAPES: Readonly<Record<TokenStatus, string>> = {
  idle: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z',
  fetching: 'M8 2v8.5M4.5 7.2 8 10.7l3.5-3.5M3 13.5h10',
  valid: 'm2.8 8.6 3.4 3.4 7-7.4',
  expiring: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11zM8 5v3.3l2.2 1.4',
  refreshing: 'M13.2 6.4A5.5 5.5 0 0 0 3.1 5.6M2.8 9.6a5.5 5.5 0 0 0 10.1.8M3 2.4v3.3h3.3M13 13.6v-3.3H9.7',
  failed: 'm3.8 3.8 8.4 8.4m0-8.4-8.4 8.4',
}

/** Of a path in a square of 16. */
export const icon = (path: string) =>
  h('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, h('path', { d: path }))

export const stateIcon = (status: TokenStatus) => icon(SHAPES[status])

/** The same as a part of a bigger drawing. */
export const stateShape = (status: TokenStatus, x: number, y: number) =>
  h('g', { class: 'icon', transform: `translate(${x} ${y})` }, h('path', { d: SHAPES[status] }))

export const badge = (status: TokenStatus) =>
  h('span', { class: 'badge', 'data-state': status }, stateIcon(status), status)
