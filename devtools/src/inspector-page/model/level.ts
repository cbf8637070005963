import type * as dagreModule from '@dagrejs/dagre'
import { throughRanks } from './ranks'

/** 'LR': from left to right; 'TB': from top to bottom. */
export type Direction = 'LR' | 'TB'

export interface Point {
  readonly x: number
  readonly y: number
}

/** The start among a level's nodes, and the way from it among the edges. */
export const START = -1

export interface LevelNode {
  /** A state's index; less than zero for what is no state: the start, or a gate. */
  readonly id: number
  readonly width: number
  readonly height: number
}

/** All of them lead forward: there is no circle in a level. */
export interface LevelEdge {
  readonly id: number
  readonly from: number
  readonly to: number
  /** Of the text on it. */
  readonly width: number
  readonly height: number
  /** How many ranks it spans at least. Default: 1. */
  readonly span?: number
  /** How much it matters that it is short. Default: 1. */
  readonly weight?: number
}

export interface Level {
  readonly width: number
  readonly height: number
  /** `x` and `y` are the upper left corner's. */
  readonly nodes: readonly (LevelNode & Point)[]
  readonly edges: readonly LevelRoute[]
}

export interface LevelRoute {
  readonly id: number
  readonly points: readonly Point[]
  /** The middle of its text. */
  readonly label: Point
}

type Dagre = Pick<typeof dagreModule, 'graphlib' | 'layout'>

/**
 * Lays out the children of one state. Each state is laid out by itself, the inner ones first, and is one box for the
 * state around it: the layered layout cannot route an arrow to a box with boxes in it.
 */
export function layered(
  dagre: Dagre,
  nodes: readonly LevelNode[],
  edges: readonly LevelEdge[],
  direction: Direction,
): Level {
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: direction, nodesep: 26, edgesep: 18, ranksep: direction === 'LR' ? 52 : 44 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of nodes) graph.setNode(String(id), { width, height })
  for (const { id, from, to, width, height, span = 1, weight = 1 } of edges) {
    const label = { width, height, labelpos: 'c', minlen: span, weight }
    graph.setEdge(String(from), String(to), label, String(id))
  }
  dagre.layout(graph)
  const placed = nodes.map((node) => {
    const { x = 0, y = 0 } = graph.node(String(node.id)) as Partial<Point>
    return { ...node, x: x - node.width / 2, y: y - node.height / 2 }
  })
  const routed = edges.map(({ id, from, to }) => {
    const found = graph.edge(String(from), String(to), String(id)) as { points?: Point[] } & Partial<Point>
    const points = (found.points ?? []).map(({ x, y }) => ({ x, y }))
    const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 }
    return { id, points, label: { x: found.x ?? middle.x, y: found.y ?? middle.y } }
  })
  // Wide enough for the arrows that go around.
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  const nodesOnly = extent(placed)
  return {
    width: Math.max(width, nodesOnly.width),
    height: Math.max(height, nodesOnly.height),
    nodes: placed,
    edges: throughRanks(routed, placed, edges, direction),
  }
}

const GAP = 24

/** A plain grid, with straight arrows. */
export function inRows(nodes: readonly LevelNode[], edges: readonly LevelEdge[]): Level {
  const states = nodes.filter(({ id }) => id >= 0)
  const columns = Math.ceil(Math.sqrt(states.length * 1.5))
  const widest = Math.max(0, ...states.map(({ width }) => width))
  const placed: (LevelNode & Point)[] = []
  let y = 0
  for (let start = 0; start < states.length; start += columns) {
    const row = states.slice(start, start + columns)
    // The first column has room on its left, as the others have: for a start.
    placed.push(...row.map((node, column) => ({ ...node, x: GAP + column * (widest + GAP), y })))
    y += Math.max(...row.map(({ height }) => height)) + GAP
  }
  const size = extent(placed)
  const byId = new Map(placed.map((node) => [node.id, node]))
  // What is no state stands beside the one that it is for, or at the edge.
  for (const node of nodes.filter(({ id }) => id < 0)) {
    const edge = edges.find(({ from, to }) => from === node.id || to === node.id)
    const other = edge && byId.get(edge.from === node.id ? edge.to : edge.from)
    if (!edge || !other) continue
    const x = node.id === START ? other.x - GAP : edge.from === node.id ? 0 : size.width
    const at = { ...node, x, y: other.y + (other.height - node.height) / 2 }
    placed.push(at)
    byId.set(at.id, at)
  }
  const routed = edges.flatMap(({ id, from, to }) => {
    const [a, b] = [byId.get(from), byId.get(to)]
    if (!a || !b) return []
    const points = [towards(a, b), towards(b, a)] as const
    const [start, end] = points
    return [{ id, points, label: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } }]
  })
  return { ...size, nodes: placed, edges: routed }
}

/** The point of a box's edge that faces another box. */
function towards(box: LevelNode & Point, other: LevelNode & Point): Point {
  const x = box.x + box.width / 2
  const y = box.y + box.height / 2
  const dx = other.x + other.width / 2 - x
  const dy = other.y + other.height / 2 - y
  const reach = Math.max(Math.abs(dx) / (box.width / 2 || 1), Math.abs(dy) / (box.height / 2 || 1), 1)
  return { x: x + dx / reach, y: y + dy / reach }
}

const extent = (nodes: readonly (LevelNode & Point)[]) => ({
  width: Math.max(0, ...nodes.map(({ x, width }) => x + width)),
  height: Math.max(0, ...nodes.map(({ y, height }) => y + height)),
})
