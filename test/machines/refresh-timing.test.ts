import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultRefreshLead,
  minValidity,
  refreshFloor,
  refreshJitter,
  refreshLead,
  STORM_ATTEMPTS,
  STORM_WINDOW_MS,
} from '../../machines/refresh-timing'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const lifetime = fc.oneof(fc.integer({ min: 0, max: MINUTE }), fc.integer({ min: 0, max: 60 * DAY }))
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('The default lead', () => {
  it.each([
    [0, 10 * SECOND],
    [1, 10 * SECOND],
    [30 * SECOND, 10 * SECOND],
    [50 * SECOND, 10 * SECOND],
    [50 * SECOND + 5, 10 * SECOND + 1],
    [5 * MINUTE, MINUTE],
    [10 * MINUTE - 5, 2 * MINUTE - 1],
    [10 * MINUTE, 2 * MINUTE],
    [6 * HOUR, 2 * MINUTE],
    [30 * DAY, 2 * MINUTE],
    [60 * DAY, 2 * MINUTE],
  ])('of a token that lives %i ms is %i ms, before the half of the lifetime binds it', (ms, lead) => {
    expect(defaultRefreshLead(ms)).toBeCloseTo(lead, 6)
  })
})

describe('The lead in force', () => {
  it.each([
    [0, 0],
    [1, 0.5],
    [10 * SECOND, 5 * SECOND],
    [30 * SECOND, 10 * SECOND],
    [10 * MINUTE, 2 * MINUTE],
    [6 * HOUR, 2 * MINUTE],
    [30 * DAY, 2 * MINUTE],
    [60 * DAY, 2 * MINUTE],
  ])('by default, of a token that lives %i ms, is %d ms', (ms, lead) => {
    expect(refreshLead(ms, defaultRefreshLead)).toBe(lead)
  })

  it.each([
    ['a number', 45 * SECOND, 45 * SECOND],
    ['nothing at all', 0, 0],
    ['half the lifetime', 5 * MINUTE, 5 * MINUTE],
    ['more than half the lifetime', 5 * MINUTE + 1, 5 * MINUTE],
    ['more than the lifetime', DAY, 5 * MINUTE],
    ['NaN: the default', Number.NaN, 2 * MINUTE],
    ['infinity: the default', Number.POSITIVE_INFINITY, 2 * MINUTE],
    ['a negative number: the default', -1, 2 * MINUTE],
    ['no number: the default', 'soon' as unknown as number, 2 * MINUTE],
  ])('of a ten-minute token may be what the user says: %s', (_what, wanted, lead) => {
    expect(refreshLead(10 * MINUTE, () => wanted)).toBe(lead)
  })

  it('is asked of the user’s function with the lifetime', () => {
    expect(refreshLead(10 * MINUTE, (ms) => ms / 10)).toBe(MINUTE)
  })

  it('is never negative nor more than half the lifetime, whatever the function says', () => {
    fc.assert(
      fc.property(lifetime, fc.double(), (ms, wanted) => {
        const lead = refreshLead(ms, () => wanted)
        expect(lead).toBeGreaterThanOrEqual(0)
        expect(lead).toBeLessThanOrEqual(ms / 2)
      }),
    )
  })
})

describe('The jitter', () => {
  it.each([
    [0, 0],
    [30 * SECOND, 3 * SECOND],
    [MINUTE, 6 * SECOND],
    [5 * MINUTE, 30 * SECOND],
    [10 * MINUTE, 30 * SECOND],
    [60 * DAY, 30 * SECOND],
  ])('of a token that lives %i ms is at most %i ms', (ms, most) => {
    expect(refreshJitter(ms, 30 * SECOND, 1)).toBe(most)
    expect(refreshJitter(ms, 30 * SECOND, 0.5)).toBe(most / 2)
    expect(refreshJitter(ms, 30 * SECOND, 0)).toBe(0)
  })

  it('is bound by the tenth of the lifetime, the user’s too', () => {
    expect(refreshJitter(10 * MINUTE, DAY, 1)).toBe(MINUTE)
    expect(refreshJitter(10 * MINUTE, 0, 0.9)).toBe(0)
  })
})

describe('The min validity', () => {
  it.each([
    [0, 0],
    [30 * SECOND, 3 * SECOND],
    [100 * SECOND, 10 * SECOND],
    [10 * MINUTE, 10 * SECOND],
    [60 * DAY, 10 * SECOND],
  ])('of a token that lives %i ms is %i ms', (ms, validity) => {
    expect(minValidity(ms, 10 * SECOND)).toBe(validity)
  })

  it('is bound by the tenth of the lifetime, the user’s too', () => {
    expect(minValidity(10 * MINUTE, DAY)).toBe(MINUTE)
    expect(minValidity(10 * MINUTE, 0)).toBe(0)
  })
})

describe('The least time between refreshes', () => {
  it.each([
    [0, 3 * SECOND],
    [2 * SECOND, 3 * SECOND],
    [12 * SECOND, 3 * SECOND],
    [16 * SECOND, 4 * SECOND],
    [20 * SECOND, 5 * SECOND],
    [10 * MINUTE, 5 * SECOND],
    [60 * DAY, 5 * SECOND],
  ])('of a token that lives %i ms is %i ms', (ms, floor) => {
    expect(refreshFloor(ms, 0)).toBe(floor)
  })

  it('doubles with each answer that moved nothing', () => {
    expect([0, 1, 2, 3].map((stalled) => refreshFloor(10 * MINUTE, stalled))).toEqual([
      5_000, 10_000, 20_000, 40_000,
    ])
  })

  it('stays a number that can be waited for, however often it happened', () => {
    expect(refreshFloor(10 * MINUTE, 20)).toBe(5_000 * 2 ** 20)
    expect(refreshFloor(10 * MINUTE, 10_000)).toBe(5_000 * 2 ** 20)
  })

  it('never allows more refreshes than the storm limit', () => {
    fc.assert(
      fc.property(lifetime, fc.nat(40), (ms, stalled) => {
        expect(refreshFloor(ms, stalled) * STORM_ATTEMPTS).toBeGreaterThanOrEqual(STORM_WINDOW_MS)
      }),
    )
  })
})

describe('Lead, jitter and min validity together', () => {
  it('leave at least four tenths of the life before the refresh, and cut off no more than a tenth', () => {
    fc.assert(
      fc.property(
        lifetime,
        unit,
        fc.double(),
        fc.nat(DAY),
        fc.nat(DAY),
        (ms, luck, lead, jitter, validity) => {
          const refreshAt = ms - refreshLead(ms, () => lead) - refreshJitter(ms, jitter, luck)
          expect(refreshAt).toBeGreaterThanOrEqual(0.4 * ms - 1e-3)
          expect(minValidity(ms, validity)).toBeLessThanOrEqual(ms / 10)
        },
      ),
    )
  })
})
