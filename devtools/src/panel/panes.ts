import { createChart } from './chart/chart'
import { CHART_STYLE } from './chart/style'
import { commandsView } from './controls/commands'
import { controlsView } from './controls/controls'
import { CONTROLS_STYLE } from './controls/style'
import { createEvents } from './events/events'
import { EVENTS_STYLE } from './events/style'
import { inspectView } from './inspect/inspect'
import { INSPECT_STYLE } from './inspect/style'
import type { Panes } from './pane-types'
import { TIMELINE_STYLE } from './timeline/style'
import { createTimeline } from './timeline/timeline'

export const STYLE = TIMELINE_STYLE + CHART_STYLE + EVENTS_STYLE + INSPECT_STYLE + CONTROLS_STYLE

export const createPanes = (): Panes => ({
  timeline: createTimeline(),
  chart: createChart(),
  events: createEvents(),
  inspect: inspectView,
  commands: commandsView,
  controls: controlsView,
})
