import { arrowLines, isArrow, type Line } from './box-lines'
import type { Chart, ChartTransition } from './chart'
import type { Measure } from './measure'

export interface ArrowGroup {
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

export function groupBySource(chart: Chart): Map<number, ChartTransition[]> {
  const groups = new Map<number, ChartTransition[]>()
  for (const transition of chart.transitions) {
    const group = groups.get(transition.source)
    if (group) group.push(transition)
    else groups.set(transition.source, [transition])
  }
  return groups
}

/** What goes from one state to the same other one is one arrow with several lines of text. */
export function groupArrows(chart: Chart, measure: Measure): ArrowGroup[] {
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
