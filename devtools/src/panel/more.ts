import { pane as commands } from './controls/commands'
import { pane as controls } from './controls/controls'
import { pane as events } from './events/events'
import { pane as inspect } from './inspect/inspect'
import { pane as overview } from './overview/overview'
import { pane as past } from './past/past'
import { pane as timeline } from './timeline/timeline'

// So that what both use is in one file with the rest of the panel, and is compressed with it.
export { TokenDevtools } from './element'
export { openWindow } from './open-window'
export { copy, download, read } from './session-files'

export const PANES = { commands, controls, events, inspect, overview, past, timeline }
