/** One model for XState 4's definitions and XState 5's configs: states in a list, root first, told apart by index. */
export interface Chart {
  /** The machine's id. */
  readonly name: string
  readonly states: readonly ChartState[]
  readonly transitions: readonly ChartTransition[]
  /** Whether states or transitions were left out, because there are too many or they lie too deep. */
  readonly cut: boolean
}

export type StateKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history'

export interface ChartState {
  readonly index: number
  readonly key: string
  /** The keys from below the root down to this one; empty for the root. */
  readonly path: readonly string[]
  readonly kind: StateKind
  /** Null for the root. */
  readonly parent: number | null
  readonly children: readonly number[]
  /** The child that is entered first; null without one. */
  readonly initial: number | null
  /** What runs while it is active. */
  readonly invokes: readonly string[]
  readonly entry: readonly string[]
  readonly exit: readonly string[]
  readonly tags: readonly string[]
  readonly description: string
}

export interface ChartTransition {
  readonly index: number
  readonly source: number
  /** Empty when it stays where it is. */
  readonly targets: readonly number[]
  /** The event's type as the machine has it; '' for one that is taken without an event. */
  readonly event: string
  /** The event as people read it. */
  readonly label: string
  readonly guard: string | null
  readonly actions: readonly string[]
}

/** From the state itself up to the root. */
export function lineage(chart: Chart, index: number): number[] {
  const line: number[] = []
  for (let at: number | null = index; at !== null; at = chart.states[at]?.parent ?? null) line.push(at)
  return line
}

export const isWithin = (chart: Chart, index: number, ancestor: number): boolean =>
  lineage(chart, index).includes(ancestor)

/** How a state is named in a sentence: `yellow.walk`. */
export const stateName = (chart: Chart, index: number): string => {
  const state = chart.states[index]
  return state === undefined ? '' : state.path.length > 0 ? state.path.join('.') : chart.name
}
