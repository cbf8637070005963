import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { createMachine } from 'xstate'
import {
  activeStates,
  valueLabel,
  valueParts,
} from '../../../devtools/src/inspector-page/model/active-states'
import { type Chart, stateName } from '../../../devtools/src/inspector-page/model/chart'
import { takenTransitions } from '../../../devtools/src/inspector-page/model/last-transition'
import { LIMITS } from '../../../devtools/src/inspector-page/model/limits'
import { parseChart } from '../../../devtools/src/inspector-page/model/parse-chart'
import { definitionBudget, tame, tameJson } from '../../../devtools/src/inspector-page/model/plain'

const v4 = createRequire(new URL('../../../devtools/package.json', import.meta.url))('xstate') as {
  createMachine(config: unknown): { readonly definition: unknown }
}

const SHARED = {
  id: 'light',
  initial: 'green',
  states: {
    green: { after: { 1000: 'walking' }, on: { SKIP: { target: 'walking', actions: 'beep' } } },
    walking: {
      type: 'parallel',
      states: {
        cars: { initial: 'wait', states: { wait: { on: { GO: 'drive' } }, drive: { type: 'final' } } },
        people: {
          initial: 'walk',
          states: {
            walk: { on: { GO: 'stop', TICK: {} } },
            stop: { type: 'final' },
            again: { type: 'history' },
          },
        },
      },
      onDone: 'off',
    },
    off: { id: 'the.end', type: 'final' },
  },
}

const fromVersion4 = (config: unknown) =>
  parseChart(tameJson(JSON.stringify(v4.createMachine(config).definition), definitionBudget())?.value)!
const fromVersion5 = (config: unknown) =>
  parseChart(
    tameJson(
      JSON.stringify((createMachine(config as never) as { config: unknown }).config),
      definitionBudget(),
    )?.value,
  )!

const parsed = (definition: unknown) => parseChart(tame(definition, definitionBudget()).value)

const told = (chart: Chart) =>
  chart.transitions.map(
    ({ source, label, guard, targets }) =>
      `${stateName(chart, source)}: ${label}${guard ? ` [${guard}]` : ''} → ${targets.map((to) => stateName(chart, to)).join(', ')}`,
  )

describe.each([
  ['XState 4’s definition', fromVersion4],
  ['XState 5’s config', fromVersion5],
])('A chart of %s', (_title, chartOf) => {
  it('has every state, its kind, and what is entered first', () => {
    const chart = chartOf({ ...SHARED, predictableActionArguments: true })
    const kinds = chart.states.map(({ kind }, index) => `${stateName(chart, index)} ${kind}`)
    expect(kinds).toEqual([
      'light compound',
      'green atomic',
      'walking parallel',
      'walking.cars compound',
      'walking.cars.wait atomic',
      'walking.cars.drive final',
      'walking.people compound',
      'walking.people.walk atomic',
      'walking.people.stop final',
      'walking.people.again history',
      'off final',
    ])
    const initial = chart.states.map(({ initial: to }) => (to === null ? '' : stateName(chart, to)))
    expect(initial.filter(Boolean)).toEqual(['green', 'walking.cars.wait', 'walking.people.walk'])
    expect(chart.cut).toBe(false)
  })

  it('has every transition, with its event in words', () => {
    expect(told(chartOf({ ...SHARED, predictableActionArguments: true })).sort()).toEqual([
      'green: SKIP → walking',
      'green: after 1 s → walking',
      'walking.cars.wait: GO → walking.cars.drive',
      'walking.people.walk: GO → walking.people.stop',
      'walking.people.walk: TICK → ',
      'walking: done → off',
    ])
  })

  it('knows what was taken: in each parallel region its own', () => {
    const chart = chartOf({ ...SHARED, predictableActionArguments: true })
    const taken = takenTransitions(chart, {
      before: activeStates(chart, tame({ walking: { cars: 'wait', people: 'walk' } }).value),
      after: activeStates(chart, tame({ walking: { cars: 'drive', people: 'stop' } }).value),
      event: 'GO',
    })
    expect([...taken].map((index) => stateName(chart, chart.transitions[index]!.source)).sort()).toEqual([
      'walking.cars.wait',
      'walking.people.walk',
    ])
  })
})

describe('A config’s targets', () => {
  it('are siblings, children, ids, and what lies below an id', () => {
    const chart = parsed({
      id: 'm',
      initial: 'a',
      on: { ROOT: '.b' },
      invoke: {
        id: 'load',
        src: 'loader',
        onDone: { target: '.b.c', guard: { type: 'ready' } },
        onError: '#end',
      },
      states: {
        a: {
          always: [{ target: 'b', guard: 'now' }],
          on: { ID: '#end', BELOW: '#m.b.c', CUSTOM: '#deep.er.x', NOWHERE: '#nothing', '*': 'b' },
        },
        b: { initial: 'c', states: { c: {} } },
        end: { id: 'end', type: 'final' },
        with: { id: 'deep.er', initial: 'x', states: { x: {} } },
      },
    })!
    expect(told(chart)).toEqual([
      'm: ROOT → b',
      'm: done: load [ready] → b.c',
      'm: error: load → end',
      'a: ID → end',
      'a: BELOW → b.c',
      'a: CUSTOM → with.x',
      'a: NOWHERE → ',
      'a: * → b',
      'a: always [now] → b',
    ])
    expect(chart.states[0]?.invokes).toEqual(['loader'])
  })
})

describe('What was taken last', () => {
  const chart = fromVersion5({
    id: 'm',
    initial: 'a',
    on: { E: '.c', 'mouse.*': {} },
    states: { a: { on: { E: 'b' } }, b: { always: 'c' }, c: {} },
  })
  const step = (before: string, after: string, event: string) =>
    [
      ...takenTransitions(chart, {
        before: activeStates(chart, before),
        after: activeStates(chart, after),
        event,
      }),
    ].map((index) => told(chart)[index])

  it('is the innermost one that leads there', () => expect(step('a', 'b', 'E')).toEqual(['a: E → b']))
  it('is the outer one where the inner one cannot be', () => expect(step('b', 'c', 'E')[0]).toBe('m: E → c'))
  it('is what was left at once too, with what followed it', () => {
    const done = fromVersion5({
      id: 'm',
      initial: 'busy',
      states: {
        busy: { initial: 'x', states: { x: { on: { E: 'y' } }, y: { type: 'final' } }, onDone: 'end' },
        end: {},
      },
    })
    const taken = takenTransitions(done, {
      before: activeStates(done, tame({ busy: 'x' }).value),
      after: activeStates(done, 'end'),
      event: 'E',
    })
    expect([...taken].map((index) => told(done)[index]).sort()).toEqual([
      'busy.x: E → busy.y',
      'busy: done → end',
    ])
    expect(step('a', 'c', 'E').sort()).toEqual(['a: E → b', 'b: always → c'])
  })
  it('is one that stays, with a wildcard', () =>
    expect(step('a', 'a', 'mouse.move')).toEqual(['m: mouse.* → ']))
  it('is nothing for an event that nobody takes', () => expect(step('c', 'c', 'other')).toEqual([]))
})

describe('A hostile definition', () => {
  it.each([
    ['nothing', null],
    ['a text', 'states'],
    ['a list', [{ states: {} }]],
    ['no states', { id: 'promise' }],
    ['states that are a list', { states: ['a'] }],
    ['states that are a text', { states: '[Object]' }],
  ])('is no machine when it is %s', (_title, definition) => expect(parsed(definition)).toBeNull())

  it('is cut off at a number of states and of levels', () => {
    const wide = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`s${index}`, {}]))
    const cutWide = parsed({ states: wide })
    expect(cutWide?.states.length).toBe(LIMITS.states)
    expect(cutWide?.cut).toBe(true)

    let deep: object = {}
    for (let level = 0; level < 200; level += 1) deep = { states: { below: deep } }
    const cutDeep = parsed(deep)
    expect(cutDeep!.states.length).toBeLessThanOrEqual(LIMITS.levels + 1)
    expect(cutDeep?.cut).toBe(true)
  })

  it('is cut off at a number of transitions', () => {
    const on = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`E${index}`, 'b']))
    const chart = parsed({ states: { a: { on }, b: {} } })
    expect(chart?.transitions.length).toBe(LIMITS.transitions)
    expect(chart?.cut).toBe(true)
  })

  it('may name its states and events like what every object has', () => {
    const chart = parsed(
      JSON.parse(
        '{"id":"m","initial":"__proto__","states":{"__proto__":{"on":{"constructor":"toString"}},"toString":{}}}',
      ),
    )!
    expect(told(chart)).toEqual(['__proto__: constructor → toString'])
    expect(stateName(chart, chart.states[0]!.initial!)).toBe('__proto__')
    expect([...activeStates(chart, 'toString')]).toEqual([0, 2])
    expect([...activeStates(chart, 'hasOwnProperty')]).toEqual([0])
  })

  it('may have anything where something is expected', () => {
    const chart = parsed({
      id: 7,
      initial: { target: ['b'] },
      on: 'x',
      states: {
        a: { on: { E: [null, 5, { target: { no: 1 } }, [['b']]] }, invoke: [1, 'run', { src: 5 }], entry: 9 },
        b: '[Object]',
        c: { type: 'history', states: [], always: true, after: [], tags: { a: 1 }, transitions: { x: 1 } },
      },
    })
    expect(chart?.states.map(({ key }) => key)).toEqual(['7', 'a', 'b', 'c'])
    expect(chart?.states[0]?.initial).toBe(2)
  })
})

describe('A state value', () => {
  it('is one line, or its innermost states', () => {
    const value = tame({ paying: { card: 'open', delivery: { by: 'post' } } }).value
    expect(valueLabel(value)).toBe('paying (card.open, delivery.by.post)')
    expect(valueParts(value)).toEqual(['paying.card.open', 'paying.delivery.by.post'])
    expect(valueLabel('idle')).toBe('idle')
    expect(valueLabel(null)).toBe('')
    expect(valueLabel(tame({ a: {}, b: {} }).value)).toBe('a, b')
  })
})
