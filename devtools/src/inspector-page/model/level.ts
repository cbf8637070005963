import type * as dagreModule from '@dagrejs/dagre'

/** 'LR': from left to right; 'TB': from top to bottom. */
export type Direction = 'LR' | 'TB'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface LevelNode {
  readonly id: number
  readonly width: number
  readonly height: number
}

export interface LevelEdge {
  readonly id: number
  readonly from: number
  readonly to: number
  /** Of the text on it. */
  readonly width: number
  readonly height: number
}

export interface Level {
  readonly width: number
  readonly height: number
  /** `x` and `y` are the upper left corner's. */
  readonly nodes: readonly (LevelNode & Point)[]
  readonly edges: readonly { readonly id: number; readonly points: readonly Point[]; readonly label: Point }[]
}

type Dagre = Pick<typeof dagreModule, 'graphlib' | 'layout'>

/** Beyond that the layered layout takes seconds, and nobody could follow its arrows. */
const MOST_NODES = 100
const MOST_EDGES = 220

/**
 * Lays out the children of one state. Each state is laid out by itself, the inner ones first, and is one box for the
 * state around it: the layered layout cannot route an arrow to a box with boxes in it.
 */
export function arrange(
  dagre: Dagre,
  nodes: readonly LevelNode[],
  edges: readonly LevelEdge[],
  direction: Direction,
): Level {
  if (nodes.length > MOST_NODES || edges.length > MOST_EDGES) return inRows(nodes, edges)
  try {
    return layered(dagre, nodes, edges, direction)
  } catch {
    return inRows(nodes, edges)
  }
}

function layered(
  dagre: Dagre,
  nodes: readonly LevelNode[],
  edges: readonly LevelEdge[],
  direction: Direction,
): Level {
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: direction, nodesep: 26, edgesep: 16, ranksep: direction === 'LR' ? 26 : 24 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of nodes) graph.setNode(String(id), { width, height })
  for (const { id, from, to, width, height } of edges) {
    graph.setEdge(String(from), String(to), { width, height, labelpos: 'c' }, String(id))
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
    edges: routed,
  }
}

/** A plain grid, with straight arrows. */
function inRows(nodes: readonly LevelNode[], edges: readonly LevelEdge[]): Level {
  const columns = Math.ceil(Math.sqrt(nodes.length * 1.5))
  const gap = 24
  const widest = Math.max(...nodes.map(({ width }) => width))
  const placed: (LevelNode & Point)[] = []
  let y = 0
  for (let start = 0; start < nodes.length; start += columns) {
    const row = nodes.slice(start, start + columns)
    placed.push(...row.map((node, column) => ({ ...node, x: column * (widest + gap), y })))
    y += Math.max(...row.map(({ height }) => height)) + gap
  }
  const byId = new Map(placed.map((node) => [node.id, node]))
  const routed = edges.flatMap(({ id, from, to }) => {
    const [a, b] = [byId.get(from), byId.get(to)]
    if (!a || !b) return []
    const start = { x: a.x + a.width / 2, y: a.y + a.height }
    const end = { x: b.x + b.width / 2, y: b.y }
    return [{ id, points: [start, end], label: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } }]
  })
  return { ...extent(placed), nodes: placed, edges: routed }
}

const extent = (nodes: readonly (LevelNode & Point)[]) => ({
  width: Math.max(0, ...nodes.map(({ x, width }) => x + width)),
  height: Math.max(0, ...nodes.map(({ y, height }) => y + height)),
})
