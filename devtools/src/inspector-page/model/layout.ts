import { arrowLines, boxLines, isArrow, type Line, short } from './box-lines'
import { type Chart, type ChartTransition, lineage } from './chart'
import { arrange, type Direction, type LevelEdge, type LevelNode, type Point } from './level'

export type { Direction, Point } from './level'

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

/** How wide a text is, px. */
export type Measure = (text: string, kind: 'name' | 'line') => number

/** Without a browser to ask: a fair guess for a font of the system. */
export const guessWidth: Measure = (text, kind) => text.length * (kind === 'name' ? 7.6 : 6.6)

export const NAME_HEIGHT = 32
export const LINE_HEIGHT = 17
export const PADDING = 14
const SMALLEST = 76
const DOT = 9
const MARGIN = 12

/** Lays out with the direction that fills a pane of that shape best (width through height). */
export async function layoutChart(chart: Chart, aspect = 1.6, measure = guessWidth): Promise<Layout> {
  const { graphlib, layout } = await import('@dagrejs/dagre')
  const dagre = { graphlib, layout }
  const first = inDirection(chart, 'LR', measure, dagre)
  // The second try costs as much as the first; a crowd looks much the same in either.
  if (chart.states.length > 50) return first
  const second = inDirection(chart, 'TB', measure, dagre)
  const scale = ({ width, height }: Layout) => Math.min(aspect / width, 1 / height)
  return scale(second) > scale(first) ? second : first
}

type Dagre = Parameters<typeof arrange>[0]

interface Sized extends LevelNode {
  readonly lines: readonly Line[]
  readonly inner: ReturnType<typeof arrange> | null
  readonly head: number
}

function inDirection(chart: Chart, direction: Direction, measure: Measure, dagre: Dagre): Layout {
  const bySource = groupBySource(chart)
  const arrows = groupArrows(chart, measure)
  const sized = new Map<number, Sized>()

  const size = (index: number): Sized => {
    const state = chart.states[index]
    const lines = boxLines(chart, index, bySource.get(index) ?? [])
    const head = NAME_HEIGHT + lines.length * LINE_HEIGHT + (lines.length > 0 ? 6 : 0)
    const text = Math.max(
      measure(short(state?.key ?? ''), 'name') + 22,
      ...lines.map((line) => measure(line.text, 'line')),
    )
    const children = state?.children ?? []
    if (children.length === 0) {
      const small = state?.kind === 'history' ? 40 : SMALLEST
      const box = {
        id: index,
        lines,
        head,
        inner: null,
        width: Math.max(small, text + 2 * PADDING),
        height: head,
      }
      sized.set(index, box)
      return box
    }
    const nodes: LevelNode[] = children.map(size)
    const edges = levelEdges(chart, index, arrows)
    const initial = state?.initial ?? null
    if (initial !== null) {
      nodes.push({ id: -1, width: DOT, height: DOT })
      edges.push({ id: -1, from: -1, to: initial, width: 0, height: 0 })
    }
    const inner = arrange(dagre, nodes, edges, direction)
    const box = {
      id: index,
      lines,
      head,
      inner,
      width: Math.max(inner.width, text) + 2 * PADDING,
      height: head + inner.height + PADDING,
    }
    sized.set(index, box)
    return box
  }

  const root = size(0)
  return placed(chart, root, sized, arrows)
}

interface ArrowGroup {
  readonly id: number
  readonly source: number
  readonly target: number
  readonly lines: readonly Line[]
  readonly labelWidth: number
}

const labelOf = (lines: readonly Line[], measure: Measure) => ({
  lines,
  labelWidth: Math.max(...lines.map(({ text }) => measure(text, 'line'))) + 10,
})

function groupBySource(chart: Chart): Map<number, ChartTransition[]> {
  const groups = new Map<number, ChartTransition[]>()
  for (const transition of chart.transitions) {
    const group = groups.get(transition.source)
    if (group) group.push(transition)
    else groups.set(transition.source, [transition])
  }
  return groups
}

/** What goes from one state to the same other one is one arrow with several lines of text. */
function groupArrows(chart: Chart, measure: Measure): ArrowGroup[] {
  const groups = new Map<string, ChartTransition[]>()
  for (const transition of chart.transitions) {
    if (!isArrow(chart, transition)) continue
    const key = `${transition.source} ${transition.targets[0]}`
    groups.set(key, [...(groups.get(key) ?? []), transition])
  }
  return [...groups.values()].map((group, id) => ({
    id,
    source: group[0]?.source ?? 0,
    target: group[0]?.targets[0] ?? 0,
    ...labelOf(arrowLines(group), measure),
  }))
}

/** The arrows whose ends lie in two different children of a state. */
function levelEdges(chart: Chart, parent: number, arrows: readonly ArrowGroup[]): LevelEdge[] {
  return arrows.flatMap(({ id, source, target, lines, labelWidth: width }) => {
    const from = childTowards(chart, parent, source)
    const to = childTowards(chart, parent, target)
    if (from === undefined || to === undefined || from === to) return []
    return [{ id, from, to, width, height: lines.length * LINE_HEIGHT }]
  })
}

function childTowards(chart: Chart, parent: number, index: number): number | undefined {
  const line = lineage(chart, index)
  const at = line.indexOf(parent)
  return at > 0 ? line[at - 1] : undefined
}

function placed(
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
