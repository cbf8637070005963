import type { Clock } from 'livekit-token-store'

export type PanelPosition = 'bottom' | 'right'
export type PanelTheme = 'system' | 'light' | 'dark'

export interface PanelOptions {
  /** Whether it is open from the start. Default: false. */
  open?: boolean | undefined
  /** Where it docks. Default: 'bottom'. */
  position?: PanelPosition | undefined
  /** Default: 'system'. */
  theme?: PanelTheme | undefined
  /** Opens and closes it, but not while somebody types: modifiers and one key. null for none. Default: 'alt+shift+d'. */
  hotkey?: string | null | undefined
  /** What countdowns go by: the stores' own. Default: the machine's. */
  clock?: Clock | undefined
}
