import type { TokenStatus } from 'livekit-token-store'
import { h } from '../dom/h'

/** 16 by 16. A shape for each state, so that its colour is not all that tells it; and the tools'. */
const PATHS = {
  idle: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z',
  fetching: 'M8 2v8.5M4.5 7.2 8 10.7l3.5-3.5M3 13.5h10',
  valid: 'm2.8 8.6 3.4 3.4 7-7.4',
  expiring: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11zM8 5v3.3l2.2 1.4',
  refreshing: 'M13.2 6.4A5.5 5.5 0 0 0 3.1 5.6M2.8 9.6a5.5 5.5 0 0 0 10.1.8M3 2.4v3.3h3.3M13 13.6v-3.3H9.7',
  failed: 'm3.8 3.8 8.4 8.4m0-8.4-8.4 8.4',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  resume: 'M5 3.2v9.6L12.5 8z',
  popOut: 'M9 2.5h4.5V7M13.5 2.5 8 8M7 4H3.5A1 1 0 0 0 2.5 5v7.5a1 1 0 0 0 1 1H11a1 1 0 0 0 1-1V9',
  bottom: 'M2.5 3h11v10h-11zM2.5 9.5h11',
  right: 'M2.5 3h11v10h-11zM9.5 3v10',
  close: 'm4 4 8 8m0-8-8 8',
  in: 'M8 3.5v9M3.5 8h9',
  out: 'M3.5 8h9',
  fit: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3',
  live: 'M3 3.5 9 8l-6 4.5zM12 3.5v9',
} as const

export type IconName = keyof typeof PATHS | TokenStatus

export const icon = (name: IconName) =>
  h('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, h('path', { d: PATHS[name] }))

/** The same as a part of a bigger drawing. */
export const shape = (name: IconName, x: number, y: number) =>
  h('g', { class: 'icon', transform: `translate(${x} ${y})` }, h('path', { d: PATHS[name] }))

export const badge = (status: TokenStatus) =>
  h('span', { class: 'badge', 'data-state': status }, icon(status), status)

/** A button that is only an icon: its name is for the ear and the tooltip. */
export const tool = (
  name: IconName,
  label: string,
  onclick: () => void,
  { pressed, key = name }: { pressed?: boolean; key?: string } = {},
) =>
  h(
    'button',
    {
      key,
      class: 'tool',
      title: label,
      'aria-label': label,
      'aria-pressed': pressed ?? null,
      onclick,
    },
    icon(name),
  )
