import type { Actions } from '../actions'
import { h } from '../dom/h'
import { memo } from '../model/memo'
import type { Pane, PaneView } from '../pane-types'
import type { UiState } from '../ui-state'
import { hitAt } from './hit'
import { laneView } from './lane'
import { isInSight, measureLanes, onLanesScroll } from './lanes-in-sight'
import { legendView } from './legend'
import { memoPerTrack } from './memo-per-track'
import { nameView } from './name'
import { plotEvents } from './plot-events'
import { ruler } from './ruler'
import { TIMELINE_STYLE } from './style'
import { createTimelineModel, type TimelineModel, type Track } from './timeline-model'
import { LANE } from './timeline-paths'
import { zoomView } from './zoom'

/** px from the panel's top, from where on a tip finds its place above the pointer. */
const TALL = 240

/** A lane for each lifecycle, one below it for its room, and a ruler that looks into the past. */
function createTimeline(): PaneView {
  const modelOf = createTimelineModel()
  const views: Views = {
    lane: memoPerTrack(laneView),
    name: memoPerTrack(nameView),
    legend: memo(legendView),
  }
  return (model, ui, act) => timelineView(modelOf(model, ui), ui, act, views)
}

/** Drawn anew when something has come to them: a lane also when all of them move. */
interface Views {
  readonly lane: (track: Track) => typeof laneView
  readonly name: (track: Track) => typeof nameView
  readonly legend: typeof legendView
}

export const pane: Pane = { style: TIMELINE_STYLE, create: createTimeline, measure: measureLanes }

function timelineView(model: TimelineModel, ui: UiState, act: Actions, views: Views) {
  const { tracks, range, width, x, edge, now, lives, stores } = model
  const isPicked = ({ key }: Track) => key === model.life?.key
  const height = Math.max(1, tracks.length) * LANE
  return h(
    'div',
    { key: 'timeline', class: 'timeline', onscroll: (event: Event) => onLanesScroll(event, ui, act) },
    zoomView(model, ui, act),
    ruler(model, ui, act),
    h(
      'div',
      { class: 'names' },
      tracks.map((track) =>
        views.name(track)(track.key, lives.get(track.key), isPicked(track), stores.size > 1, act),
      ),
    ),
    h(
      'svg',
      {
        class: 'plot',
        width,
        height,
        tabindex: 0,
        role: 'group',
        'aria-label': 'Timeline: arrow keys move it, plus and minus zoom',
        ...plotEvents(model, ui, act),
      },
      // How wide they are is known once there is a place for them.
      width > 0 &&
        tracks.map(
          (track, index) =>
            isInSight(index, ui) &&
            views.lane(track)(track.lane(), index, range, width, edge, isPicked(track)),
        ),
      h('rect', {
        class: 'future',
        x: Math.max(0, x(edge)),
        width: Math.max(0, width - Math.max(0, x(edge))),
        height,
      }),
      h('path', { class: ui.moment ? 'cursor past' : 'cursor', d: `M${x(now)} 0V${height}` }),
    ),
    tracks.length < model.byLife.size &&
      h(
        'p',
        { key: 'more', class: 'legend quiet' },
        `${model.byLife.size - tracks.length} older lifecycles are not drawn; one that is picked above is.`,
      ),
    views.legend(),
    ui.hover && tipView(model, ui),
  )
}

function tipView({ tracks, range, width, present }: TimelineModel, { hover }: UiState) {
  const track = tracks.find(({ key }) => key === hover?.key)
  if (!track || !hover) return null
  const slack = ((range.to - range.from) / width) * 5
  return h(
    'div',
    { class: hover.y > TALL ? 'tip up' : 'tip', role: 'tooltip' },
    hitAt(track.lane(), hover.at, slack, present).map((line) => h('p', null, line)),
  )
}
