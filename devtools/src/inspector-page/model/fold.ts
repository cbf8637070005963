import type { Chart } from './chart'
import type { Point } from './level'
import type { Arrow, Layout } from './place-boxes'

/** Between two rows, and beside them, px. */
const GAP = 20
const MOST_ROWS = 12
/** A fold makes arrows harder to follow: it must make the chart that much bigger. */
const WORTH = 1.3

/** How big a chart can be in a pane of that shape, in no unit. */
export const scaleIn = (aspect: number, { width, height }: Pick<Layout, 'width' | 'height'>): number =>
  Math.min(aspect / width, 1 / height)

/**
 * A chart that is much wider than its pane goes on in another row, as a text does. What leads from one row to the next
 * runs out of the chart at its edge, and goes on at the same height of the next row, at its other edge.
 */
export function folded(layout: Layout, chart: Chart, aspect: number): Layout {
  const cuts = cutsOf(layout, chart)
  const [root] = layout.boxes
  if (!root || cuts.length === 0) return layout
  const left = root.x + GAP
  const right = root.x + root.width - GAP
  const row = root.height - root.head + GAP

  let best: { starts: readonly number[]; width: number; height: number } | null = null
  for (let rows = 2; rows <= MOST_ROWS; rows += 1) {
    const starts = startsOf(cuts, left, right, (right - left) / rows)
    const widest = Math.max(...starts.map((start, index) => (starts[index + 1] ?? right) - start))
    const width = Math.max(widest + 2 * GAP, root.text + 2 * GAP)
    const height = root.head + starts.length * row
    if (!best || scaleIn(aspect, { width, height }) > scaleIn(aspect, best)) best = { starts, width, height }
  }
  if (!best || scaleIn(aspect, best) < WORTH * scaleIn(aspect, layout)) return layout

  const { starts, width, height } = best
  const rowOf = (x: number): number => Math.max(0, starts.filter((start) => start <= x).length - 1)
  const move = ({ x, y }: Point, to = rowOf(x)): Point => ({
    x: x - (starts[to] ?? left) + left,
    y: y + to * row,
  })
  const edges = { left: root.x, right: root.x + width }
  return {
    width: layout.width - root.width + width,
    height: layout.height - root.height + height,
    boxes: layout.boxes.map((box) => (box === root ? { ...box, width, height } : { ...box, ...move(box) })),
    starts: layout.starts.map(({ state, dot, points }) => {
      const to = rowOf(dot.x)
      return { state, dot: move(dot, to), points: points.map((point) => move(point, to)) }
    }),
    arrows: layout.arrows.map((arrow) => ({
      ...arrow,
      label: move(arrow.label),
      pieces: arrow.pieces.flatMap((piece) => broken(piece, starts, rowOf, move, edges)),
    })),
  }
}

/** Where nothing stands that cannot be cut: between two states, or a state and a text. */
function cutsOf({ boxes, arrows, starts }: Layout, chart: Chart): number[] {
  const stretches = [
    ...boxes
      .filter(({ state }) => chart.states[state]?.parent === 0)
      .map(({ x, width }) => [x, x + width] as const),
    ...arrows.map(
      ({ label, labelWidth }: Arrow) => [label.x - labelWidth / 2, label.x + labelWidth / 2] as const,
    ),
    ...starts.map(({ points }) => {
      const all = points.map(({ x }) => x)
      return [Math.min(...all) - 8, Math.max(...all)] as const
    }),
  ].sort(([a], [b]) => a - b)
  const cuts: number[] = []
  let reached = stretches[0]?.[1] ?? 0
  for (const [from, to] of stretches) {
    if (from > reached + 2) cuts.push((from + reached) / 2)
    reached = Math.max(reached, to)
  }
  return cuts
}

/** Where each row begins, when none is longer than that; but for one that has no place to be cut. */
function startsOf(cuts: readonly number[], left: number, right: number, longest: number): number[] {
  const starts = [left]
  for (const [index, cut] of cuts.entries()) {
    const start = starts.at(-1) ?? left
    const next = cuts[index + 1] ?? right
    if (next - start > longest && cut > start) starts.push(cut)
  }
  return starts
}

function broken(
  piece: readonly Point[],
  starts: readonly number[],
  rowOf: (x: number) => number,
  move: (point: Point, row: number) => Point,
  edges: { readonly left: number; readonly right: number },
): Point[][] {
  const [first, ...rest] = piece
  if (!first) return []
  let row = rowOf(first.x)
  let current = [move(first, row)]
  const pieces = [current]
  let from = first
  for (const to of rest) {
    const last = rowOf(to.x)
    while (row !== last) {
      const on = row < last ? 1 : -1
      const cut = starts[on > 0 ? row + 1 : row] ?? to.x
      const y = from.y + ((to.y - from.y) * (cut - from.x)) / (to.x - from.x)
      current.push({ x: on > 0 ? edges.right : edges.left, y: move({ x: cut, y }, row).y })
      row += on
      current = [{ x: on > 0 ? edges.left : edges.right, y: move({ x: cut, y }, row).y }]
      pieces.push(current)
    }
    current.push(move(to, row))
    from = to
  }
  return pieces
}
