import { describe, expect, it } from 'vitest'
import { panned, rangeOf, ticksOf, zoomed } from '../../../devtools/src/panel/timeline/range'
import { FOLLOWING } from '../../../devtools/src/panel/ui-state'

describe('What the timeline shows', () => {
  it('is everything and a bit of what is to come, until the user wants something else', () => {
    const { from, to } = rangeOf(FOLLOWING, 0, 100_000)
    expect(from).toBeLessThan(0)
    expect(to).toBeGreaterThan(100_000)
    expect(to - from).toBeLessThan(150_000)
  })

  it('is ten seconds at least, however young the session', () => {
    const { from, to } = rangeOf(FOLLOWING, 0, 0)
    expect(to - from).toBe(10_000)
  })

  it('keeps the moment under the pointer where it is', () => {
    const range = { from: 0, to: 1_000 }
    const zoom = zoomed({ span: 1_000, end: 1_000 }, range, 0.5, 0.25)
    const { from, to } = rangeOf(zoom, 0, 5_000)
    expect([from, to]).toEqual([125, 625])
  })

  it('follows the present still when it was followed, and no longer once it is moved', () => {
    expect(zoomed(FOLLOWING, { from: 0, to: 1_000 }, 2, 0.5)).toEqual({ span: 2_000, end: null })
    expect(panned({ from: 0, to: 1_000 }, -100)).toEqual({ span: 1_000, end: 900 })
  })

  it('is neither a moment nor a year', () => {
    const range = { from: 0, to: 1_000 }
    expect(zoomed(FOLLOWING, range, 1e-9, 0.5).span).toBe(200)
    expect(zoomed(FOLLOWING, range, 1e12, 0.5).span).toBe(30 * 86_400_000)
  })
})

describe('Its ticks', () => {
  it('are round moments, and never more than fit', () => {
    expect(ticksOf({ from: 1_500, to: 11_000 }, 10)).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((s) => s * 1_000),
    )
    for (const span of [200, 5_000, 60_000, 3_600_000, 86_400_000, 30 * 86_400_000])
      for (const count of [3, 12]) {
        const ticks = ticksOf({ from: 12_345, to: 12_345 + span }, count)
        expect(ticks.length).toBeGreaterThan(0)
        expect(ticks.length).toBeLessThanOrEqual(count + 1)
      }
  })
})
