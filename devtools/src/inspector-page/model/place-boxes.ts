import type { ArrowGroup } from './arrow-groups'
import { type Line, short } from './box-lines'
import type { Chart } from './chart'
import { continued, type Gate, gateId, stretch, tail } from './gates'
import { type Direction, type Level, type LevelNode, type Point, START } from './level'

export interface Box {
  readonly state: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly name: string
  readonly lines: readonly Line[]
  /** How high the part with its name and lines is, and how wide they are. */
  readonly head: number
  readonly text: number
}

export interface Arrow {
  readonly source: number
  readonly target: number
  /** Several when it goes on in another row. */
  readonly pieces: readonly (readonly Point[])[]
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
  readonly inner: Level | null
  readonly head: number
  /** How wide its name and lines are. */
  readonly text: number
  /** Where arrows pass its edge. */
  readonly gates: readonly Gate[]
}

/** How big the dot is where a state with states in it begins, and how far it is from the first of them, px. */
export const DOT = 9
const START_LENGTH = 20
const MARGIN = 12

interface Sheet {
  readonly chart: Chart
  readonly root: Sized
  readonly sized: ReadonlyMap<number, Sized>
  readonly groups: readonly ArrowGroup[]
  readonly direction: Direction
}

interface Route {
  readonly points: readonly Point[]
  readonly label: Point
  /** On from there into the states around its ends, the outer ones first. */
  readonly source: Point[][]
  readonly target: Point[][]
}

/** From sizes within sizes to places on one sheet. */
export function placed({ chart, root, sized, groups, direction }: Sheet): Layout {
  const boxes: Box[] = []
  const routes = new Map<number, Route>()
  const starts: Start[] = []

  const place = (box: Sized, x: number, y: number): void => {
    const { id: state, width, height, head, text, lines, inner } = box
    const put: Box = {
      state,
      x,
      y,
      width,
      height,
      head,
      text,
      name: short(chart.states[state]?.key ?? ''),
      lines,
    }
    boxes.push(put)
    if (!inner) return
    const left = x + (width - inner.width) / 2
    const top = y + head
    const moved = (point: Point): Point => ({ x: point.x + left, y: point.y + top })
    const ways = new Map(inner.edges.map(({ id, points }) => [id, points.map(moved)]))
    for (const { id, label } of inner.edges) {
      if (id >= 0) routes.set(id, { points: ways.get(id) ?? [], label: moved(label), source: [], target: [] })
    }
    for (const gate of box.gates) {
      const way = ways.get(gateId(gate)) ?? []
      routes.get(gate.arrow)?.[gate.end].push(stretch(gate, way, put, direction))
    }
    for (const { id, x: nodeX, y: nodeY } of inner.nodes) {
      const child = sized.get(id)
      if (child) place(child, left + nodeX, top + nodeY)
    }
    const points = tail(ways.get(START) ?? [], START_LENGTH)
    const [dot] = points
    if (dot) starts.push({ state, dot, points })
  }
  place(root, MARGIN, MARGIN)

  const arrows = groups.flatMap(({ id, ...group }) => {
    const route = routes.get(id)
    if (!route) return []
    const toTarget = continued(route.points, route.target, direction)
    const points = continued(toTarget.reverse(), route.source, direction).reverse()
    return [{ ...group, label: route.label, pieces: [points] }]
  })
  return { width: root.width + 2 * MARGIN, height: root.height + 2 * MARGIN, boxes, arrows, starts }
}
