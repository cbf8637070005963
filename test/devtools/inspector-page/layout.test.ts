import { describe, expect, it } from 'vitest'
import { isWithin } from '../../../devtools/src/inspector-page/model/chart'
import { LINE_HEIGHT, layoutChart } from '../../../devtools/src/inspector-page/model/layout'
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

const HISTORY = chartOf({
  id: 'washer',
  initial: 'idle',
  states: {
    idle: { on: { START: 'washing' } },
    washing: {
      initial: 'filling',
      states: {
        filling: { after: { 500: 'soak' }, on: { FULL: 'spinning' } },
        soak: { on: { FULL: 'spinning' } },
        spinning: { on: { STOP: 'end' } },
        end: { type: 'final' },
        h: { type: 'history' },
      },
      on: { PAUSE: 'paused' },
      onDone: 'done',
    },
    paused: { on: { RESUME: 'washing.h' } },
    done: { type: 'final' },
  },
})
const DEEP = chartOf({
  id: 'deep',
  initial: 'a',
  states: {
    a: { on: { IN: '#deep.b.inner.core.z', GO: 'b' } },
    b: {
      initial: 'p',
      states: {
        p: { on: { N: 'inner', OUT: '#deep.c' } },
        inner: {
          initial: 'core',
          states: {
            core: {
              initial: 'y',
              states: {
                y: { on: { N: 'z', ESC: '#deep.a' } },
                z: { on: { JUMP: '#deep.d.w', UP: '#deep.b.q' } },
              },
            },
            side: { on: { IN: 'core' } },
          },
        },
        q: { on: { BACK: 'p' } },
      },
      on: { FAIL: 'c' },
    },
    c: { on: { RETRY: 'a', FIX: '#deep.b.q' } },
    d: { initial: 'v', states: { v: { on: { N: 'w' } }, w: { on: { HOME: '#deep.a' } } } },
  },
})
const WIDE = chartOf({
  id: 'checkout',
  initial: 'browsing',
  states: {
    browsing: { on: { PAY: 'paying', HELP: 'help' } },
    help: { on: { BACK: 'browsing' } },
    paying: {
      type: 'parallel',
      on: { CANCEL: 'browsing' },
      states: {
        card: {
          initial: 'a',
          states: { a: { on: { N: 'b' } }, b: { on: { N: 'c' } }, c: { type: 'final' } },
        },
        post: {
          initial: 'a',
          states: { a: { on: { N: 'b' } }, b: { type: 'final' }, h: { type: 'history' } },
        },
      },
    },
    resume: { always: '#checkout.paying.post.h' },
  },
})
const ringOf = (count: number) =>
  chartOf({
    id: 'ring',
    initial: 's0',
    states: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`s${index}`, { on: { GO: `s${(index + 1) % count}` } }]),
    ),
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

/** Whether a line between two points comes within a rectangle, made smaller by a px on each side. */
function crosses(
  a: { x: number; y: number },
  b: { x: number; y: number },
  { x, y, width, height }: Pick<Box, 'x' | 'y' | 'width' | 'height'>,
): boolean {
  let [from, to] = [0, 1]
  for (const [start, delta, low, high] of [
    [a.x, b.x - a.x, x + 1, x + width - 1],
    [a.y, b.y - a.y, y + 1, y + height - 1],
  ] as const) {
    if (delta === 0) {
      if (start <= low || start >= high) return false
      continue
    }
    const [near, far] = [(low - start) / delta, (high - start) / delta].sort((one, other) => one - other)
    from = Math.max(from, near!)
    to = Math.min(to, far!)
  }
  return from < to
}

describe('A chart’s layout', () => {
  it.each([
    ['states in states in states', NESTED],
    ['a history', HISTORY],
    ['arrows in and out of what lies deep', DEEP],
    ['something wide beside something narrow', WIDE],
    ['a ring', ringOf(30)],
  ])(
    'has no arrow and no text upon a state that has nothing to do with it, with %s',
    async (_title, chart) => {
      for (const shape of [0.5, 1.6, 3]) {
        const { arrows, boxes } = await layoutChart(chart, shape)
        const crossed: string[] = []
        for (const { source, target, pieces, label, labelWidth, lines } of arrows) {
          const height = lines.length * LINE_HEIGHT
          const text = { x: label.x - labelWidth / 2, y: label.y - height / 2, width: labelWidth, height }
          for (const box of boxes) {
            // What an end lies in is passed through, and what lies in an end is its own.
            if ([source, target].some((end) => isWithin(chart, end, box.state))) continue
            if ([source, target].some((end) => isWithin(chart, box.state, end))) continue
            const name = `${shape}: ${lines[0]?.text} and ${box.name}`
            if (!apart({ ...box, ...text }, box)) crossed.push(`text of ${name}`)
            for (const piece of pieces) {
              if (piece.some((point, index) => index > 0 && crosses(piece[index - 1]!, point, box))) {
                crossed.push(name)
              }
            }
          }
        }
        expect(crossed).toEqual([])
      }
    },
  )

  it('goes on in another row when it is much wider than its pane, and loses nothing on the way', async () => {
    const chart = ringOf(30)
    const { arrows, boxes, width, height } = await layoutChart(chart, 2.5)
    expectTidy(chart, { arrows, boxes, width, height, starts: [] })
    expect(width / height).toBeGreaterThan(1.2)
    expect(width / height).toBeLessThan(5)
    expect(new Set(boxes.slice(1).map(({ y }) => Math.round(y / 40))).size).toBeGreaterThan(3)
    const closing = arrows.find(({ target }) => target === 1)!
    expect(closing.pieces.length).toBeGreaterThan(3)
    const [root] = boxes
    for (const [index, piece] of closing.pieces.entries()) {
      const next = closing.pieces[index + 1]
      if (!next) continue
      // Out at one edge of the chart, in at the other.
      expect([piece.at(-1)!.x, next[0]!.x].sort((a, b) => a - b)).toEqual([root!.x, root!.x + root!.width])
    }
  })

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
    for (const { source, target, pieces } of arrows) {
      expect(onEdge(source, pieces[0]?.[0])).toBeCloseTo(1, 1)
      expect(onEdge(target, pieces.at(-1)?.at(-1))).toBeCloseTo(1, 1)
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

  it.each([NESTED, HISTORY, DEEP, WIDE, ringOf(150)])(
    'has each start beside the state that is first',
    async (chart) => {
      const { starts, boxes } = await layoutChart(chart, 1.6)
      expect(starts.length).toBeGreaterThan(0)
      for (const { state, dot } of starts) {
        const { x, y, width, height } = boxes.find((box) => box.state === chart.states[state]?.initial)!
        const dx = Math.max(x - dot.x, 0, dot.x - x - width)
        const dy = Math.max(y - dot.y, 0, dot.y - y - height)
        expect(Math.hypot(dx, dy)).toBeGreaterThan(4)
        expect(Math.hypot(dx, dy)).toBeLessThan(26)
      }
    },
  )

  it('is a plain grid for a crowd that nobody could follow', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `s${index}`)
    const states = Object.fromEntries(
      names.map((name, index) => [name, { on: { A: `s${(index * 7) % 400}`, B: `s${(index * 11) % 400}` } }]),
    )
    const crowd = chartOf({ id: 'crowd', initial: 's0', states })
    const layout = await layoutChart(crowd, 1.6)
    expectTidy(crowd, layout)
    expect(layout.arrows).toEqual([])
    const box = layout.boxes.find(({ name }) => name === 's3')
    expect(box?.lines.map(({ text }) => text)).toEqual(['A → s21', 'B → s33'])
  })

  it('cuts names off that are as long as a page', async () => {
    const { boxes, width } = await layoutChart(
      chartOf({ id: 'm', states: { ['x'.repeat(5_000)]: { on: { ['E'.repeat(5_000)]: 'b' } }, b: {} } }),
    )
    expect(Math.max(...boxes.map(({ name }) => name.length))).toBeLessThanOrEqual(40)
    expect(width).toBeLessThan(2_000)
  })
})
