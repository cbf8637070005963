import type { CommandName } from '../recorder/commands'
import type { TokenRecord } from '../recorder/record'
import type { Moment } from './model/past'
import type { UiState } from './ui-state'

/** What the views may ask for. */
export interface Actions {
  readonly set: (change: Partial<UiState>) => void
  /** The element there, or the tab that is shown, gets the focus once what was set is shown. */
  readonly focus: (selector?: string) => void
  readonly select: (record: TokenRecord) => void
  /** The same from outside of the list, which is scrolled to it. */
  readonly show: (record: TokenRecord) => void
  readonly look: (moment: Moment | null) => void
  readonly command: (lifecycle: string, name: CommandName) => void
  readonly pause: (paused: boolean) => void
  readonly clear: () => void
  readonly exportSession: () => void
  readonly importSession: (file: File | undefined) => void
  readonly copy: (text: string) => void
  /** For a window: a browser opens one only while the press is fresh. */
  readonly prepare: () => void
  readonly popOut: () => void
  readonly dock: () => void
  readonly close: () => void
}
