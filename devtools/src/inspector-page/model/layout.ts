import { type ArrowGroup, groupArrows, groupBySource } from './arrow-groups'
import { boxLines, isArrow, short } from './box-lines'
import { type Chart, type ChartTransition, lineage } from './chart'
import { commonParent, crowdsOf } from './crowds'
import { folded, scaleIn } from './fold'
import { forwardFrom } from './forward'
import { type Gate, gateId } from './gates'
import {
  type Direction,
  inRows,
  type Level,
  type LevelEdge,
  type LevelNode,
  type LevelRoute,
  layered,
  START,
} from './level'
import { guessWidth, type Measure } from './measure'
import { DOT, type Layout, placed, type Sized } from './place-boxes'

export const NAME_HEIGHT = 32
export const LINE_HEIGHT = 17
export const PADDING = 14
const SMALLEST = 76

/** Lays out with the direction that fills a pane of that shape best (width through height). */
export async function layoutChart(chart: Chart, aspect = 1.6, measure = guessWidth): Promise<Layout> {
  const { graphlib, layout } = await import('@dagrejs/dagre')
  const dagre = { graphlib, layout }
  const first = folded(inDirection(chart, 'LR', measure, dagre), chart, aspect)
  // The second try costs as much as the first; a crowd looks much the same in either.
  if (chart.states.length > 50) return first
  const second = inDirection(chart, 'TB', measure, dagre)
  return scaleIn(aspect, second) > scaleIn(aspect, first) ? second : first
}

type Dagre = Parameters<typeof layered>[0]

function inDirection(chart: Chart, direction: Direction, measure: Measure, dagre: Dagre): Layout {
  const bySource = groupBySource(chart)
  const groups = groupArrows(chart, measure)
  const crowds = crowdsOf(chart, groups)
  const isDrawn = ({ source, target }: { source: number; target: number }) =>
    !crowds.has(commonParent(chart, source, target))
  const isLine = (transition: ChartTransition) => {
    const [target] = transition.targets
    return !isArrow(chart, transition) || target === undefined || !isDrawn({ ...transition, target })
  }
  const arrows = groups.filter(isDrawn)
  const sized = new Map<number, Sized>()

  const size = (index: number, gates: readonly Gate[]): Sized => {
    const state = chart.states[index]
    const lines = boxLines(chart, index, (bySource.get(index) ?? []).filter(isLine))
    const head = NAME_HEIGHT + lines.length * LINE_HEIGHT + (lines.length > 0 ? 6 : 0)
    const text = Math.max(
      measure(short(state?.key ?? ''), 'name') + 22,
      ...lines.map((line) => measure(line.text, 'line')),
    )
    const children = state?.children ?? []
    const inner = children.length > 0 ? inside(index, children, gates) : null
    const small = state?.kind === 'history' ? 40 : SMALLEST
    const box = {
      id: index,
      lines,
      head,
      text,
      inner,
      gates,
      width: Math.max(inner ? inner.width : small - 2 * PADDING, text) + 2 * PADDING,
      height: head + (inner ? inner.height + PADDING : 0),
    }
    sized.set(index, box)
    return box
  }

  const inside = (index: number, children: readonly number[], gates: readonly Gate[]): Level => {
    const initial = chart.states[index]?.initial ?? null
    const ways = levelWays(chart, index, arrows)
    const { back, depthOf, deepest } = forwardFrom(initial === null ? children : [initial, ...children], ways)
    const edges: LevelEdge[] = ways.map(({ id, from, to, lines, labelWidth }) => ({
      id,
      from: back.has(id) ? to : from,
      to: back.has(id) ? from : to,
      width: labelWidth,
      height: lines.length * LINE_HEIGHT,
    }))

    const deeper = [...gates, ...ways.flatMap((way) => gatesOf(way, back.has(way.id)))]
    const nodes: LevelNode[] = children.map((child) =>
      size(
        child,
        deeper.filter(({ state }) => state !== child && childTowards(chart, index, state) === child),
      ),
    )
    if (initial !== null) {
      nodes.push({ id: START, width: DOT, height: DOT })
      edges.push({ id: START, from: START, to: initial, width: 0, height: 0, weight: 4 })
    }
    const open: { gate: Gate; child: number }[] = []
    for (const gate of gates) {
      const id = gateId(gate)
      const child = childTowards(chart, index, gate.state) ?? index
      const before = gate.side === 'before'
      const span = before ? depthOf(child) : deepest - depthOf(child)
      if (span === 0 && !(before && child === initial)) open.push({ gate, child })
      else {
        nodes.push({ id, width: 1, height: 1 })
        edges.push({
          id,
          from: before ? id : child,
          to: before ? child : id,
          width: 0,
          height: 0,
          span: Math.max(1, span),
        })
      }
    }
    const level = crowds.has(index) ? inRows(nodes, edges) : arranged(nodes, edges)
    const turned = level.edges.map((edge) =>
      back.has(edge.id) ? { ...edge, points: [...edge.points].reverse() } : edge,
    )
    return { ...level, edges: [...turned, ...openWays(open, level, direction)] }
  }

  const arranged = (nodes: readonly LevelNode[], edges: readonly LevelEdge[]): Level => {
    try {
      return layered(dagre, nodes, edges, direction)
    } catch {
      return inRows(nodes, edges)
    }
  }

  return placed({ chart, root: size(0, []), sized, groups: arrows, direction })
}

interface LevelWay extends ArrowGroup {
  readonly from: number
  readonly to: number
}

/** To a state with nothing between it and the edge an arrow goes straight. */
function openWays(
  open: readonly { readonly gate: Gate; readonly child: number }[],
  { nodes }: Level,
  direction: Direction,
): LevelRoute[] {
  return open.flatMap(({ gate, child }) => {
    const box = nodes.find(({ id }) => id === child)
    if (!box) return []
    const alike = open.filter((other) => other.child === child && other.gate.side === gate.side)
    const along = (alike.findIndex((other) => other.gate === gate) + 1) / (alike.length + 1)
    const far = gate.side === 'after' ? 1 : 0
    const point =
      direction === 'LR'
        ? { x: box.x + box.width * far, y: box.y + box.height * along }
        : { x: box.x + box.width * along, y: box.y + box.height * far }
    return [{ id: gateId(gate), points: [point], label: point }]
  })
}

/** The arrows whose ends lie in two different children of a state. */
function levelWays(chart: Chart, parent: number, arrows: readonly ArrowGroup[]): LevelWay[] {
  return arrows.flatMap((arrow) => {
    const from = childTowards(chart, parent, arrow.source)
    const to = childTowards(chart, parent, arrow.target)
    return from === undefined || to === undefined || from === to ? [] : [{ ...arrow, from, to }]
  })
}

/** Where an arrow leaves and enters what its ends lie in: it goes on from there, or comes back. */
const gatesOf = ({ id, source, target }: LevelWay, back: boolean): readonly Gate[] => [
  { arrow: id, state: source, end: 'source', side: back ? 'before' : 'after' },
  { arrow: id, state: target, end: 'target', side: back ? 'after' : 'before' },
]

function childTowards(chart: Chart, parent: number, index: number): number | undefined {
  const line = lineage(chart, index)
  const at = line.indexOf(parent)
  return at > 0 ? line[at - 1] : undefined
}
