import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryBeforeEnd, retryFloor, retryWait } from '../../machines/retry-timing'

const timing = { retryBaseMs: 1_000, retryCapMs: 30_000 }
const NOW = 1_000_000

const timings = fc.record({
  retryBaseMs: fc.integer({ min: 1, max: 120_000 }),
  retryCapMs: fc.integer({ min: 1, max: 600_000 }),
})
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('The wait after a failure', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 8_000],
    [5, 16_000],
    [6, 30_000],
    [7, 30_000],
    [2_000, 30_000],
  ])('number %i is at most %i ms by default', (attempt, longest) => {
    expect(retryWait(attempt, 1, timing)).toBe(longest)
    expect(retryWait(attempt, 0.75, timing)).toBe(Math.max(500, 0.75 * longest))
  })

  it('is half a second for the luckiest', () => {
    for (const attempt of [1, 2, 9]) expect(retryWait(attempt, 0, timing)).toBe(500)
  })

  it('has a base under half a second as its floor', () => {
    expect(retryFloor({ ...timing, retryBaseMs: 100 })).toBe(100)
    expect(retryFloor(timing)).toBe(500)
    expect(retryWait(1, 0, { ...timing, retryBaseMs: 100 })).toBe(100)
  })

  it('keeps the floor under a cap that is lower', () => {
    expect(retryWait(3, 0.9, { ...timing, retryCapMs: 10 })).toBe(500)
  })

  it('is within its bounds and grows with each failure, whatever the options', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_500 }), unit, timings, (attempt, luck, options) => {
        const wait = retryWait(attempt, luck, options)
        const floor = Math.min(500, options.retryBaseMs)
        expect(wait).toBeGreaterThanOrEqual(floor)
        expect(wait).toBeLessThanOrEqual(Math.max(floor, options.retryCapMs))
        expect(wait).toBeLessThanOrEqual(Math.max(floor, options.retryBaseMs * 2 ** (attempt - 1)))
        expect(retryWait(attempt + 1, luck, options)).toBeGreaterThanOrEqual(wait)
      }),
    )
  })
})

describe('A retry while a token is usable', () => {
  it('keeps its moment when there is time', () => {
    expect(retryBeforeEnd(NOW, NOW + 4_000, NOW + 60_000, timing)).toBe(NOW + 4_000)
  })

  it('is the last one half a second before the end when its moment would be later', () => {
    expect(retryBeforeEnd(NOW, NOW + 30_000, NOW + 20_000, timing)).toBe(NOW + 19_500)
  })

  it.each([
    [1_000, NOW + 500],
    [999, null],
    [0, null],
    [-1, null],
  ])('with %i ms left is placed at %s', (left, placed) => {
    expect(retryBeforeEnd(NOW, NOW + 30_000, NOW + left, timing)).toBe(placed)
  })

  it('is at least 1 ms before the end, with the shortest base too', () => {
    const shortest = { retryBaseMs: 0.25, retryCapMs: 30_000 }
    expect(retryBeforeEnd(NOW, NOW + 10, NOW + 5, shortest)).toBe(NOW + 4)
  })

  it('is never before the floor nor after the end', () => {
    fc.assert(
      fc.property(fc.nat(120_000), fc.nat(120_000), timings, (wait, left, options) => {
        const floor = retryFloor(options)
        const placed = retryBeforeEnd(NOW, NOW + Math.max(wait, floor), NOW + left, options)
        if (placed === null) return
        expect(placed).toBeGreaterThanOrEqual(NOW + floor)
        expect(placed).toBeLessThan(NOW + left)
      }),
    )
  })
})
