import { pane as chart } from './chart/chart'
import { pane as commands } from './controls/commands'
import { pane as controls } from './controls/controls'
import { pane as empty } from './empty/empty'
import { pane as events } from './events/events'
import { pane as inspect } from './inspect/inspect'
import { pane as timeline } from './timeline/timeline'

export const PANES = { empty, timeline, chart, events, inspect, commands, controls }

export type PaneName = keyof typeof PANES
