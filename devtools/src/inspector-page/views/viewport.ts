import type { Point } from '../model/level'

/** Where the chart's origin is on the screen, px, and how much it is magnified. */
export interface Viewport extends Point {
  readonly scale: number
}

interface Size {
  readonly width: number
  readonly height: number
}

const SMALLEST = 0.1
const LARGEST = 3
/** Fitted, a chart is not blown up beyond this. */
const FIT_LARGEST = 1.25
/** And unasked it is not shrunk until nobody can read it. */
const READABLE = 0.6

/** All of the chart in the middle. */
export const whole = (chart: Size, pane: Size): Viewport => fitted(chart, pane, { x: 0, y: 0 }, 0)

/** All of the chart in the middle; of one that is too big to be read then, the part around `focus`. */
export function fitted(chart: Size, pane: Size, focus: Point, smallest = READABLE): Viewport {
  const all = Math.min(pane.width / chart.width, pane.height / chart.height)
  const scale = Math.min(Math.max(all, smallest), FIT_LARGEST)
  const along = (length: number, room: number, at: number): number => {
    const spare = room - length * scale
    return spare >= 0 ? spare / 2 : Math.min(Math.max(room / 2 - at * scale, spare), 0)
  }
  return {
    scale,
    x: along(chart.width, pane.width, focus.x),
    y: along(chart.height, pane.height, focus.y),
  }
}

export const moved = (view: Viewport, dx: number, dy: number): Viewport => ({
  ...view,
  x: view.x + dx,
  y: view.y + dy,
})

/** What is under `at` stays there. A chart that is whole only when it is smaller than the least may be that small. */
export function zoomed(view: Viewport, factor: number, at: Point): Viewport {
  const scale = Math.min(Math.max(view.scale * factor, Math.min(SMALLEST, view.scale)), LARGEST)
  const by = scale / view.scale
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }
}
