import type { Direction, LevelEdge, LevelNode, LevelRoute, Point } from './level'

type Placed = LevelNode & Point

/** How far an arrow goes straight from a box before it turns, px: its tip has that length. */
const STUB = 9

/** The same in either direction: `a` is the way that the ranks go, `b` is across it. */
interface Spot {
  readonly a: number
  readonly b: number
}

/**
 * Leads each arrow straight through a rank, and aslant only between two of them: the ranks' widest boxes reach far
 * beyond their smallest, and what goes aslant to a small one would cut a corner of a wide one. At a box the arrows
 * stand side by side, in the order that they come from.
 */
export function throughRanks(
  routes: readonly LevelRoute[],
  nodes: readonly Placed[],
  edges: readonly LevelEdge[],
  direction: Direction,
): LevelRoute[] {
  const spot = ({ x, y }: Point): Spot => (direction === 'LR' ? { a: x, b: y } : { a: y, b: x })
  const point = ({ a, b }: Spot): Point => (direction === 'LR' ? { x: a, y: b } : { x: b, y: a })
  const lengthOf = ({ width, height }: { width: number; height: number }) =>
    direction === 'LR' ? { a: width, b: height } : { a: height, b: width }

  const nodeOf = new Map(nodes.map((node) => [node.id, node]))
  const edgeOf = new Map(edges.map((edge) => [edge.id, edge]))
  /** By the middle of a rank, half of its width. */
  const halves = new Map<number, number>()
  const widen = (middle: number, half: number) => {
    const rank = Math.round(middle)
    halves.set(rank, Math.max(halves.get(rank) ?? 0, half))
  }
  for (const node of nodes) widen(spot(node).a + lengthOf(node).a / 2, lengthOf(node).a / 2)
  for (const { id, label } of routes) {
    const edge = edgeOf.get(id)
    if (edge && edge.width > 0) widen(spot(label).a, lengthOf(edge).a / 2)
  }
  const halfAt = (middle: number) => halves.get(Math.round(middle)) ?? 0
  const inner = (route: LevelRoute) => route.points.slice(1, -1).map(spot)

  /** Where on its side of a box each arrow stands. */
  const standing = (end: 'from' | 'to'): ReadonlyMap<number, number> => {
    const sides = new Map<number, LevelRoute[]>()
    for (const route of routes) {
      const node = edgeOf.get(route.id)?.[end]
      if (node !== undefined) sides.set(node, [...(sides.get(node) ?? []), route])
    }
    const places = new Map<number, number>()
    for (const [id, side] of sides) {
      const node = nodeOf.get(id)
      if (!node) continue
      const next = (route: LevelRoute) => (end === 'from' ? inner(route)[0] : inner(route).at(-1))?.b ?? 0
      const inOrder = [...side].sort((one, other) => next(one) - next(other))
      for (const [index, route] of inOrder.entries()) {
        places.set(route.id, spot(node).b + (lengthOf(node).b * (index + 1)) / (side.length + 1))
      }
    }
    return places
  }
  const leaving = standing('from')
  const arriving = standing('to')

  return routes.map((route) => {
    const edge = edgeOf.get(route.id)
    const [from, to] = [edge && nodeOf.get(edge.from), edge && nodeOf.get(edge.to)]
    const [start, end] = [leaving.get(route.id), arriving.get(route.id)]
    if (!from || !to || start === undefined || end === undefined) return route
    const first = spot(from).a + lengthOf(from).a
    const last = spot(to).a
    const fromRank = first - lengthOf(from).a / 2
    const toRank = last + lengthOf(to).a / 2
    const spots: Spot[] = [
      { a: first, b: start },
      { a: fromRank + halfAt(fromRank) + STUB, b: start },
      ...inner(route).flatMap(({ a, b }) => [
        { a: a - halfAt(a), b },
        { a: a + halfAt(a), b },
      ]),
      { a: toRank - halfAt(toRank) - STUB, b: end },
      { a: last, b: end },
    ]
    return { ...route, points: spots.map(point).filter(isNew) }
  })
}

const isNew = ({ x, y }: Point, index: number, all: readonly Point[]): boolean => {
  const before = all[index - 1]
  return !before || Math.abs(before.x - x) + Math.abs(before.y - y) > 0.5
}
