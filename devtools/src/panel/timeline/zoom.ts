import type { Actions } from '../actions'
import { h } from '../dom/h'
import { FOLLOWING, type UiState } from '../ui-state'
import { tool } from '../view/tool'
import { zoomed } from './range'
import type { TimelineModel } from './timeline-model'

const PATHS = {
  in: 'M8 3.5v9M3.5 8h9',
  out: 'M3.5 8h9',
  fit: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3',
  live: 'M3 3.5 9 8l-6 4.5zM12 3.5v9',
}

/** How much of the time is shown, by pointer. */
export function zoomView({ range }: TimelineModel, ui: UiState, act: Actions) {
  const zoom = (factor: number) => act.set({ zoom: zoomed(ui.zoom, range, factor, 0.5) })
  return h(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
    tool(PATHS.out, 'Zoom out', () => zoom(1.5)),
    tool(PATHS.in, 'Zoom in', () => zoom(1 / 1.5)),
    tool(PATHS.fit, 'Show all', () => act.set({ zoom: FOLLOWING })),
    tool(PATHS.live, 'Follow the present', () => act.set({ zoom: { ...ui.zoom, end: null } }), {
      'aria-pressed': ui.zoom.end === null,
    }),
  )
}
