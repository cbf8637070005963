import type { Actions } from '../actions'
import { h } from '../dom/h'
import { memo } from '../model/memo'
import type { PanelModel } from '../model/panel-model'
import type { Pane, PaneView } from '../pane-types'
import type { UiState } from '../ui-state'
import { stateIcon } from '../view/icon'
import { hitAt } from './hit'
import { laneView } from './lane'
import { isInSight, measureLanes, onLanesScroll } from './lanes-in-sight'
import { legendView } from './legend'
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
  const views = new WeakMap<Track, typeof laneView>()
  /** A lane is drawn anew when something has come to it, or when all of them move. */
  const viewOf = (track: Track) => {
    const view = views.get(track) ?? memo(laneView)
    views.set(track, view)
    return view
  }
  return (model, ui, act) => timelineView(modelOf(model, ui), ui, act, viewOf)
}

export const pane: Pane = { style: TIMELINE_STYLE, create: createTimeline, measure: measureLanes }

function timelineView(
  model: TimelineModel,
  ui: UiState,
  act: Actions,
  viewOf: (track: Track) => typeof laneView,
) {
  const { tracks, range, width, x, edge, now } = model
  const height = Math.max(1, tracks.length) * LANE
  return h(
    'div',
    { key: 'timeline', class: 'timeline', onscroll: (event: Event) => onLanesScroll(event, ui, act) },
    zoomView(model, ui, act),
    ruler(model, ui, act),
    h(
      'div',
      { class: 'names' },
      tracks.map(({ key }) => nameView(key, model, act)),
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
            viewOf(track)(track.lane(), index, range, width, edge, track.key === model.life?.key),
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
    legendView(),
    ui.hover && tipView(model, ui),
  )
}

function nameView(key: string, { lives, life, stores }: PanelModel, act: Actions) {
  const one = lives.get(key)
  return h(
    'button',
    {
      key,
      class: 'name',
      'aria-pressed': key === life?.key,
      onclick: () => act.set({ life: key, selected: null }),
    },
    h(
      'span',
      { class: 'who', 'data-state': one?.status },
      stateIcon(one?.status ?? 'idle'),
      h('b', null, one?.label ?? 'not yet'),
    ),
    h(
      'span',
      { class: 'quiet' },
      [stores.size > 1 && one?.store, one?.room && `room ${one.room}`].filter(Boolean).join(' · '),
    ),
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
