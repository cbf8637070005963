import { type Chart, type ChartTransition, isWithin, lineage } from './chart'

export interface Step {
  readonly before: ReadonlySet<number>
  readonly after: ReadonlySet<number>
  /** The event's type. */
  readonly event: string
}

/**
 * Which transitions a step took. Neither protocol says so, thus it is worked out: one whose source was active, whose
 * event it is, and whose target is active now; the innermost source wins, as it does in XState. Those taken without
 * an event of their own after it count too.
 */
export function takenTransitions(chart: Chart, step: Step): ReadonlySet<number> {
  const taken = new Set<number>()
  const arrived = ({ targets }: ChartTransition) =>
    targets.length > 0 && targets.every((target) => step.after.has(target))
  const depth = ({ source }: ChartTransition) => lineage(chart, source).length

  const candidates = chart.transitions
    .filter(({ source, event }) => event !== '' && step.before.has(source) && matches(event, step.event))
    .sort((a, b) => depth(b) - depth(a))
  const changed = !sameSet(step.before, step.after)
  // Without a guard the innermost one is always taken. Where a guard decides, look for the one that leads to where the
  // machine is; or that led on, as what it entered may have been left at once.
  const [innermost] = candidates
  const first =
    innermost?.guard === null
      ? innermost
      : (candidates.find(arrived) ?? candidates.find(({ targets }) => targets.length > 0 === changed))
  // Of parallel regions each may have taken one of its own.
  const all = first
    ? candidates.filter(
        (other) => other === first || (arrived(other) && apart(chart, other.source, first.source)),
      )
    : []
  for (const { index } of firstOfEachSource(all)) taken.add(index)

  if (changed) {
    for (const transition of chart.transitions) {
      const { event, source, index } = transition
      const passed = step.before.has(source) || candidates.some(({ targets }) => targets.includes(source))
      if (isRaised(event) && passed && !step.after.has(source) && arrived(transition)) taken.add(index)
    }
  }
  return taken
}

/** Taken in the same step, once a state is entered or those within it are done. */
const isRaised = (event: string): boolean => event === '' || /^(?:xstate\.)?done\.state\./.test(event)

const firstOfEachSource = (all: readonly ChartTransition[]): ChartTransition[] =>
  all.filter((one, at) => all.findIndex(({ source }) => source === one.source) === at)

const apart = (chart: Chart, a: number, b: number): boolean =>
  !isWithin(chart, a, b) && !isWithin(chart, b, a)

/** XState's wildcards: `*`, and `mouse.*` for all that begins with it. */
export function matches(descriptor: string, type: string): boolean {
  if (descriptor === type || descriptor === '*') return true
  return descriptor.endsWith('.*') && `${type}.`.startsWith(descriptor.slice(0, -1))
}

const sameSet = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item))
