import type { Chart } from './chart'
import { isPlainObject, type Plain } from './plain'

/** The states that a state value means, each with all above it: `{ yellow: 'walk' }` is root, yellow and walk. */
export function activeStates(chart: Chart, value: Plain | undefined): ReadonlySet<number> {
  const active = new Set<number>()
  const enter = (at: number, rest: Plain | undefined): void => {
    active.add(at)
    const childOf = (key: string) =>
      chart.states[at]?.children.find((child) => chart.states[child]?.key === key)
    if (typeof rest === 'string') {
      const child = childOf(rest)
      if (child !== undefined) active.add(child)
    } else if (isPlainObject(rest)) {
      for (const [key, below] of Object.entries(rest)) {
        const child = childOf(key)
        if (child !== undefined) enter(child, below)
      }
    }
  }
  if (value === undefined || value === null) return active
  enter(0, value)
  return active
}

/** The innermost states of a state value, each with its path: `yellow.walk`; several when it is parallel. */
export function valueParts(value: Plain | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (!isPlainObject(value)) return []
  return Object.entries(value).flatMap(([key, below]) => {
    const inner = valueParts(below)
    return inner.length > 0 ? inner.map((part) => `${key}.${part}`) : [key]
  })
}

/** What a step changed, and into what: of parallel states, only those that are others now. */
export function stepParts(before: Plain, after: Plain): { readonly left: string; readonly entered: string } {
  const was = valueParts(before)
  const is = valueParts(after)
  const left = was.filter((part) => !is.includes(part))
  const entered = is.filter((part) => !was.includes(part))
  return { left: left.join(', '), entered: entered.join(', ') }
}

/** A state value in one line: `yellow.walk`, or `paying (card.open, delivery.chosen)` for parallel states. */
export function valueLabel(value: Plain | undefined): string {
  if (typeof value === 'string') return value
  if (!isPlainObject(value)) return ''
  const parts = Object.entries(value).map(([key, below]) => {
    const inner = valueLabel(below)
    if (!inner) return key
    return isPlainObject(below) && Object.keys(below).length > 1 ? `${key} (${inner})` : `${key}.${inner}`
  })
  return parts.join(', ')
}
