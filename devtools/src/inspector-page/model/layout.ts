import { type ArrowGroup, groupArrows, groupBySource } from './arrow-groups'
import { boxLines, short } from './box-lines'
import { type Chart, lineage } from './chart'
import { arrange, type Direction, type LevelEdge, type LevelNode } from './level'
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
  const first = inDirection(chart, 'LR', measure, dagre)
  // The second try costs as much as the first; a crowd looks much the same in either.
  if (chart.states.length > 50) return first
  const second = inDirection(chart, 'TB', measure, dagre)
  const scale = ({ width, height }: Layout) => Math.min(aspect / width, 1 / height)
  return scale(second) > scale(first) ? second : first
}

type Dagre = Parameters<typeof arrange>[0]

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
