import type { ArrowGroup } from './arrow-groups'
import { type Line, short } from './box-lines'
import type { Chart } from './chart'
import type { arrange, LevelNode, Point } from './level'

export interface Box {
  readonly state: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly name: string
  readonly lines: readonly Line[]
}

export interface Arrow {
  readonly source: number
  readonly target: number
  readonly points: readonly Point[]
  readonly lines: readonly Line[]
  /** The middle of its lines of text, and how wide they are. */
  readonly label: Point
  readonly labelWidth: number
}

/** Where a state with states in it begins: a dot, and an arrow to the first of them. */
export interface Start {
  readonly state: number
  readonly dot: Point
  readonly points: readonly Point[]
}

export interface Layout {
  readonly width: number
  readonly height: number
  /** Outer boxes come before what is in them. */
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
  readonly starts: readonly Start[]
}

/** A state that knows its size, with its children laid out within it. */
export interface Sized extends LevelNode {
  readonly lines: readonly Line[]
  readonly inner: ReturnType<typeof arrange> | null
  readonly head: number
}

/** How big the dot is where a state with states in it begins. */
export const DOT = 9
const MARGIN = 12

/** From sizes within sizes to places on one sheet. */
export function placed(
  chart: Chart,
  root: Sized,
  sized: ReadonlyMap<number, Sized>,
  groups: readonly ArrowGroup[],
): Layout {
  const boxes: Box[] = []
  const at = new Map<number, Box>()
  const routes = new Map<number, { points: Point[]; label: Point }>()
  const starts: Start[] = []

  const place = (box: Sized, x: number, y: number): void => {
    const state = chart.states[box.id]
    const put: Box = {
      state: box.id,
      x,
      y,
      width: box.width,
      height: box.height,
      name: short(state?.key ?? ''),
      lines: box.lines,
    }
    boxes.push(put)
    at.set(box.id, put)
    if (!box.inner) return
    const left = x + (box.width - box.inner.width) / 2
    const top = y + box.head
    const moved = (point: Point): Point => ({ x: point.x + left, y: point.y + top })
    for (const { id, points, label } of box.inner.edges) {
      if (id >= 0) routes.set(id, { points: points.map(moved), label: moved(label) })
    }
    for (const { id, x: nodeX, y: nodeY } of box.inner.nodes) {
      const child = sized.get(id)
      if (child) place(child, left + nodeX, top + nodeY)
    }
    const dot = box.inner.nodes.find(({ id }) => id === -1)
    const way = box.inner.edges.find(({ id }) => id === -1)
    if (dot && way) {
      const middle = moved({ x: dot.x + DOT / 2, y: dot.y + DOT / 2 })
      starts.push({ state: box.id, dot: middle, points: way.points.map(moved) })
    }
  }
  place(root, MARGIN, MARGIN)

  const arrows = groups.flatMap(({ id, ...group }) => {
    const from = at.get(group.source)
    const to = at.get(group.target)
    const route = routes.get(id)
    return from && to && route
      ? [{ ...group, label: route.label, points: ended(route.points, from, to) }]
      : []
  })
  return { width: root.width + 2 * MARGIN, height: root.height + 2 * MARGIN, boxes, arrows, starts }
}

/** The route was found between children of one state; its ends may lie deeper than that. */
function ended(points: readonly Point[], from: Box, to: Box): Point[] {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return []
  return [...outOf(from, first), ...points, ...outOf(to, last)]
}

/** The point of a box's edge that faces a point outside; none when the point is on the box already. */
function outOf(box: Box, towards: Point): Point[] {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const dx = towards.x - middle.x
  const dy = towards.y - middle.y
  const reach = Math.max(Math.abs(dx) / (box.width / 2), Math.abs(dy) / (box.height / 2))
  if (reach <= 1.02) return []
  return [{ x: middle.x + dx / reach, y: middle.y + dy / reach }]
}
