import { describe, expect, it } from 'vitest'
import { isWithin } from '../../../devtools/src/inspector-page/model/chart'
import { layoutChart } from '../../../devtools/src/inspector-page/model/layout'
import { parseChart } from '../../../devtools/src/inspector-page/model/parse-chart'
import type { Box, Layout } from '../../../devtools/src/inspector-page/model/place-boxes'
import { definitionBudget, tame } from '../../../devtools/src/inspector-page/model/plain'

const chartOf = (config: unknown) => parseChart(tame(config, definitionBudget()).value)!

const NESTED = chartOf({
  id: 'm',
  initial: 'a',
  on: { RESET: '.a' },
  states: {
    a: { on: { GO: '#deep', SELF: 'a', STAY: {} } },
    b: {
      type: 'parallel',
      on: { BACK: 'a' },
      states: {
        left: { initial: 'x', states: { x: { on: { NEXT: 'y', OUT: '#end' } }, y: { id: 'deep' } } },
        right: { initial: 'x', states: { x: {} } },
      },
    },
    end: { id: 'end', type: 'final' },
  },
})

const inside = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height
const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

function expectTidy(chart: typeof NESTED, { boxes, width, height }: Layout) {
  expect(boxes.length).toBe(chart.states.length)
  for (const a of boxes) {
    expect(a.x + a.width).toBeLessThanOrEqual(width)
    expect(a.y + a.height).toBeLessThanOrEqual(height)
    for (const b of boxes) {
      if (a === b) continue
      if (isWithin(chart, a.state, b.state)) expect(inside(a, b)).toBe(true)
      else if (!isWithin(chart, b.state, a.state)) expect(apart(a, b)).toBe(true)
    }
  }
}

describe('A chart’s layout', () => {
  it.each([0.4, 1, 3])(
    'has states within their parents and beside each other, in a pane of shape %d',
    async (shape) => {
      expectTidy(NESTED, await layoutChart(NESTED, shape))
    },
  )

  it('is wide in a wide pane, and tall in a tall one', async () => {
    const line = chartOf({
      id: 'line',
      initial: 'a',
      states: { a: { on: { N: 'b' } }, b: { on: { N: 'c' } }, c: { on: { N: 'd' } }, d: {} },
    })
    const wide = await layoutChart(line, 3)
    const tall = await layoutChart(line, 0.3)
    expect(wide.width / wide.height).toBeGreaterThan(1.5)
    expect(tall.width / tall.height).toBeLessThan(0.7)
  })

  it('leads each arrow from the edge of its source to the edge of its target', async () => {
    const { arrows, boxes } = await layoutChart(NESTED, 1.6)
    const told = arrows.map(
      ({ source, target }) => `${NESTED.states[source]?.key} ${NESTED.states[target]?.key}`,
    )
    expect(told.sort()).toEqual(['a y', 'b a', 'x end', 'x y'])
    const onEdge = (state: number, point: { x: number; y: number } | undefined) => {
      const box = boxes.find((candidate) => candidate.state === state)!
      const x = Math.abs(point!.x - box.x - box.width / 2) / (box.width / 2)
      const y = Math.abs(point!.y - box.y - box.height / 2) / (box.height / 2)
      return Math.max(x, y)
    }
    for (const { source, target, points } of arrows) {
      expect(onEdge(source, points[0])).toBeCloseTo(1, 1)
      expect(onEdge(target, points.at(-1))).toBeCloseTo(1, 1)
    }
  })

  it('says in the box what no arrow can show', async () => {
    const { boxes } = await layoutChart(NESTED, 1.6)
    const lines = (key: string) => boxes.find(({ name }) => name === key)?.lines.map(({ text }) => text)
    expect(lines('m')).toEqual(['RESET → a'])
    expect(lines('a')).toEqual(['↺ SELF', 'STAY'])
  })

  it('shows where each state with states begins', async () => {
    const { starts } = await layoutChart(NESTED, 1.6)
    expect(starts.map(({ state }) => NESTED.states[state]?.key).sort()).toEqual(['left', 'm', 'right'])
  })

  it('is a plain grid for a crowd that nobody could follow', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `s${index}`)
    const states = Object.fromEntries(
      names.map((name, index) => [name, { on: { A: `s${(index * 7) % 400}`, B: `s${(index * 11) % 400}` } }]),
    )
    const crowd = chartOf({ id: 'crowd', initial: 's0', states })
    expectTidy(crowd, await layoutChart(crowd, 1.6))
  })

  it('cuts names off that are as long as a page', async () => {
    const { boxes, width } = await layoutChart(
      chartOf({ id: 'm', states: { ['x'.repeat(5_000)]: { on: { ['E'.repeat(5_000)]: 'b' } }, b: {} } }),
    )
    expect(Math.max(...boxes.map(({ name }) => name.length))).toBeLessThanOrEqual(40)
    expect(width).toBeLessThan(2_000)
  })
})
