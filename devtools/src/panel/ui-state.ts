import type { Moment } from './model/past'
import type { PanelPosition, PanelTab, PanelTheme } from './panel-options'

export const TABS: readonly PanelTab[] = ['overview', 'chart', 'timeline', 'events', 'inspect', 'controls']

/** What is shown, as opposed to what happened. All of it, in one place; each render is made of it. */
export interface UiState {
  readonly tab: PanelTab
  /** The lifecycle that was picked; null for the first that is alive. */
  readonly life: string | null
  /** The moment that is looked at; null for the present. */
  readonly moment: Moment | null
  /** The record that was picked, by its sequence number; null for the latest. */
  readonly selected: number | null
  readonly text: string
  /** '' for all, of the three. */
  readonly store: string
  readonly type: string
  readonly outcome: string
  readonly zoom: Zoom
  /** Where the pointer is over the timeline. */
  readonly hover: Hover | null
  /** What the panel has to say about the last thing that was asked of it. */
  readonly notice: string
  /** What the live region says. */
  readonly said: string
  readonly position: PanelPosition
  readonly theme: PanelTheme
  /** px of height at the bottom, of width at the right; 0 for the usual. */
  readonly size: number
  readonly popped: boolean
  readonly dropping: boolean
  /** Whether it is known well enough that old records make room. */
  readonly droppedHidden: boolean
  /** Whether the list keeps to its end. */
  readonly stick: boolean
  /** Counts how often the row that was picked was to be brought into sight. */
  readonly reveal: number
  readonly measured: Measured
}

/** What of the time is shown: a span in ms, or all there is; up to an end, or the present. */
export interface Zoom {
  readonly span: number | null
  readonly end: number | null
}

export const FOLLOWING: Zoom = { span: null, end: null }

export interface Hover {
  readonly key: string
  readonly at: number
  /** px from the panel's top left. */
  readonly x: number
  readonly y: number
}

/** How the last render left things; lengths in px. */
export interface Measured {
  readonly width: number
  readonly plot: number
  /** The first lane in sight, and how many there is room for. */
  readonly firstLane: number
  readonly lanes: number
  readonly list: number
  readonly scrolled: number
  /** The last `reveal` that was carried out. */
  readonly revealed: number
}

export const FIRST: UiState = {
  tab: 'chart',
  life: null,
  moment: null,
  selected: null,
  text: '',
  store: '',
  type: '',
  outcome: '',
  zoom: FOLLOWING,
  hover: null,
  notice: '',
  said: '',
  position: 'bottom',
  theme: 'system',
  size: 0,
  popped: false,
  dropping: false,
  droppedHidden: false,
  stick: true,
  reveal: 0,
  measured: { width: 0, plot: 0, firstLane: 0, lanes: 0, list: 400, scrolled: 0, revealed: 0 },
}

export const NOTHING_PICKED = { life: null, moment: null, selected: null, zoom: FOLLOWING, stick: true }

/** px: from this width on there is the overview. */
export const WIDE = 1000

export const sizeOf = ({ size, position }: UiState): number => size || (position === 'bottom' ? 400 : 440)
