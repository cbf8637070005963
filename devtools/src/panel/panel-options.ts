import type { Clock } from 'livekit-token-store'
import type { Observable } from 'rxjs'

export type PanelPosition = 'bottom' | 'right'
export type PanelTheme = 'system' | 'light' | 'dark'
export type PanelTab = 'overview' | 'chart' | 'timeline' | 'events' | 'inspect' | 'controls'

export interface PanelOptions {
  /** Whether it is open from the start. Default: false. */
  open?: boolean | undefined
  /** Where it docks. Default: 'bottom'. */
  position?: PanelPosition | undefined
  /**
   * What it opens with. The chart comes with the panel; all else is loaded when it is first shown. 'overview' is most
   * of it at once, where there is the room: 1,000 px. Default: 'chart'.
   */
  tab?: PanelTab | undefined
  /** Default: 'system'. */
  theme?: PanelTheme | undefined
  /** Opens and closes it, but not while somebody types: modifiers and one key. null for none. Default: 'alt+shift+d'. */
  hotkey?: string | null | undefined
  /** What countdowns go by: the stores' own. Default: the machine's. */
  clock?: Clock | undefined
  /**
   * Moves what the panel shows to the moment of a record, by its `sequence`; null is the present. It is heard while the
   * panel is open: for a jump in the Redux DevTools. Default: nothing but the panel moves it.
   */
  moment$?: Observable<number | null> | undefined
}
