import type { ArrowGroup } from './arrow-groups'
import { type Chart, lineage } from './chart'

/** Beyond that the layered layout takes seconds, and nobody could follow its arrows. */
const MOST_STATES = 100
const MOST_ARROWS = 220

/** The innermost state that has both ends of an arrow in it. */
export function commonParent(chart: Chart, source: number, target: number): number {
  const above = new Set(lineage(chart, source))
  return lineage(chart, target).find((state) => above.has(state)) ?? 0
}

/** The states with so much in them that it is listed as text, without arrows. */
export function crowdsOf(chart: Chart, arrows: readonly ArrowGroup[]): ReadonlySet<number> {
  const counts = new Map<number, number>()
  for (const { source, target } of arrows) {
    const parent = commonParent(chart, source, target)
    counts.set(parent, (counts.get(parent) ?? 0) + 1)
  }
  return new Set(
    chart.states
      .filter(
        ({ index, children }) => children.length > MOST_STATES || (counts.get(index) ?? 0) > MOST_ARROWS,
      )
      .map(({ index }) => index),
  )
}
