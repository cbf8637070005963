import { type Direction, type Point, START } from './level'

/**
 * Where an arrow passes the edge of a state on its way to, or from, a state within it. As one more thing of that
 * state's own layout it has a place of its own, and what leads from there to the inner state avoids the others.
 */
export interface Gate {
  readonly arrow: number
  /** The inner state, and which end of the arrow it is. */
  readonly state: number
  readonly end: 'source' | 'target'
  /** On which side of the state around it, in the layout's direction. */
  readonly side: 'before' | 'after'
}

/** Of the gate's node and edge in a level. */
export const gateId = ({ arrow }: Gate): number => START - 1 - arrow

/** A stretch of an arrow within one state: inwards, from its edge on. */
export function stretch(
  gate: Gate,
  points: readonly Point[],
  box: Point & { readonly width: number; readonly height: number },
  direction: Direction,
): Point[] {
  const inwards = gate.side === 'before' ? [...points] : [...points].reverse()
  const [first] = inwards
  if (!first) return []
  const far = gate.side === 'after'
  const entry =
    direction === 'LR'
      ? { x: box.x + (far ? box.width : 0), y: first.y }
      : { x: first.x, y: box.y + (far ? box.height : 0) }
  return [entry, ...inwards]
}

/** A way up to a state's edge goes on within it, through each state that is around the last one. */
export function continued(
  way: readonly Point[],
  inner: readonly (readonly Point[])[],
  direction: Direction,
): Point[] {
  const outwards = [way, ...inner].reverse()
  let found = [...(outwards.shift() ?? [])]
  for (const outer of outwards) found = [...levelled(outer, found[0], direction), ...found]
  return found
}

/** Without its last point, and straight on where the next way begins: what was straight up to a state stays so. */
function levelled(way: readonly Point[], next: Point | undefined, direction: Direction): Point[] {
  const before = way.slice(0, -1)
  const [stub, end] = way.slice(-2)
  if (!next || !stub || !end) return before
  const isStraight = Math.abs(direction === 'LR' ? stub.y - end.y : stub.x - end.x) < 0.5
  if (!isStraight) return before
  return [...before.slice(0, -1), direction === 'LR' ? { x: stub.x, y: next.y } : { x: next.x, y: stub.y }]
}

/** The last px of a way. */
export function tail(way: readonly Point[], length: number): Point[] {
  const points = [...way].reverse()
  const kept: Point[] = []
  let left = length
  for (const [index, point] of points.entries()) {
    kept.unshift(point)
    const next = points[index + 1]
    if (!next) break
    const far = Math.hypot(next.x - point.x, next.y - point.y)
    if (far >= left) {
      const by = left / far
      kept.unshift({ x: point.x + (next.x - point.x) * by, y: point.y + (next.y - point.y) * by })
      break
    }
    left -= far
  }
  return kept
}
