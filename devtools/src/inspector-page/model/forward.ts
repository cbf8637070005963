interface Way {
  readonly id: number
  readonly from: number
  readonly to: number
}

export interface Forward {
  /** The ways that lead back to where one has been: turned around, the others and they make no circle. */
  readonly back: ReadonlySet<number>
  /** How many steps forward it takes to a node at most; 0 for one that nothing leads to. */
  depthOf(node: number): number
  readonly deepest: number
}

/** Which ways lead on and which lead back, for one who begins at the first node. */
export function forwardFrom(nodes: readonly number[], ways: readonly Way[]): Forward {
  const out = new Map<number, Way[]>()
  for (const way of ways) out.set(way.from, [...(out.get(way.from) ?? []), way])
  const back = new Set<number>()
  const open = new Set<number>()
  const seen = new Set<number>()
  const visit = (node: number): void => {
    seen.add(node)
    open.add(node)
    for (const { id, to } of out.get(node) ?? []) {
      if (open.has(to)) back.add(id)
      else if (!seen.has(to)) visit(to)
    }
    open.delete(node)
  }
  for (const node of nodes) if (!seen.has(node)) visit(node)

  const into = new Map<number, number[]>()
  for (const { id, from, to } of ways) {
    const [start, end] = back.has(id) ? [to, from] : [from, to]
    into.set(end, [...(into.get(end) ?? []), start])
  }
  const depths = new Map<number, number>()
  const depthOf = (node: number): number => {
    const known = depths.get(node)
    if (known !== undefined) return known
    const depth = Math.max(-1, ...(into.get(node) ?? []).map(depthOf)) + 1
    depths.set(node, depth)
    return depth
  }
  return { back, depthOf, deepest: Math.max(0, ...nodes.map(depthOf)) }
}
