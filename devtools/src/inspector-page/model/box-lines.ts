import { type Chart, type ChartTransition, isWithin, stateName } from './chart'

/** A line of text within a state's box, or on an arrow. */
export interface Line {
  readonly text: string
  /** The transition that it stands for; null for other lines. */
  readonly transition: number | null
}

const MOST_LINES = 6
const MOST_CHARACTERS = 40

/** What a box says below its name: what runs there, and the transitions that no arrow shows. */
export function boxLines(chart: Chart, index: number, unshown: readonly ChartTransition[]): Line[] {
  const state = chart.states[index]
  const runs = (state?.invokes ?? []).map((name) => ({ text: short(`runs ${name}`), transition: null }))
  const told = unshown.map((transition) => {
    const [target] = transition.targets
    const to = target === undefined || target === index ? '' : ` → ${stateName(chart, target)}`
    const sign = target === index ? '↺ ' : ''
    return { text: short(`${sign}${transitionText(transition)}${to}`), transition: transition.index }
  })
  return capped([...runs, ...told], MOST_LINES)
}

/** An arrow goes from one box to another; not from a box into itself, nor out of what it lies in. */
export const isArrow = (chart: Chart, { source, targets }: ChartTransition): boolean => {
  const [target] = targets
  return target !== undefined && !isWithin(chart, target, source) && !isWithin(chart, source, target)
}

export const arrowLines = (transitions: readonly ChartTransition[]): Line[] =>
  capped(
    transitions.map((transition) => ({
      text: short(transitionText(transition)),
      transition: transition.index,
    })),
    4,
  )

const transitionText = ({ label, guard }: ChartTransition): string => (guard ? `${label} [${guard}]` : label)

export const short = (text: string, most = MOST_CHARACTERS): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

function capped(lines: Line[], most: number): Line[] {
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), { text: `+${lines.length - most + 1} more`, transition: null }]
}
