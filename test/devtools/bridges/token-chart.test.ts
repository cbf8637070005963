import { tokenMachine } from 'livekit-token-store/machine'
import { describe, expect, it } from 'vitest'
import { chartConfig, tokenChart } from '../../../devtools/src/bridges/token-chart'

/** A guard, as XState 5's `and` and `not` compose it. */
interface Composed {
  readonly name: string
  readonly guards: readonly Guard[]
}
type Guard = string | { readonly type: string } | Composed

function words(guard: Guard): string {
  if (typeof guard === 'string') return guard
  if ('type' in guard) return guard.type
  return guard.name === 'not' ? `not ${guard.guards.map(words)}` : guard.guards.map(words).join(' and ')
}

type Node = (typeof tokenMachine.root.states)['idle']

/** What leads away from a node of the machine itself. */
function transitions(node: Node) {
  const leading: Record<string, { target: string; guard?: string }[]> = {}
  for (const { eventType, target, guard } of [...node.transitions.values()].flat()) {
    for (const { key } of target ?? []) {
      leading[eventType] ??= []
      leading[eventType].push({ target: key, ...(guard ? { guard: words(guard as Guard) } : {}) })
    }
  }
  return leading
}

describe('tokenChart', () => {
  it('is the chart of the token machine, state by state', () => {
    expect(tokenChart.id).toBe(tokenMachine.id)
    expect(tokenChart.initial).toBe(tokenMachine.config.initial)
    expect(tokenChart.on).toEqual(transitions(tokenMachine.root as unknown as Node))
    const states = Object.entries(tokenMachine.root.states).map(([name, node]) => [name, transitions(node)])
    expect(tokenChart.states).toEqual(Object.fromEntries(states))
  })

  it('is data: as a config it survives JSON', () => {
    const config = chartConfig('guard')
    expect(JSON.parse(JSON.stringify(config))).toEqual(config)
    expect(config.states.refreshing?.on.tick).toEqual([{ target: 'fetching', guard: 'tokenEnded' }])
    expect(chartConfig('cond').on.invalidate?.[0]).toEqual({
      target: '.failed',
      cond: 'someoneWaits and limited',
    })
  })
})
