import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitAt, obeyedRetryAt, rateLimit, soonestRetry, withAttempt } from '../../machines/limits'
import { START } from '../helpers/clock'
import { contextWith, failureWith } from './context'

const ten = Array.from({ length: 10 }, (_, index) => START + index * 100)

describe('The storm limit', () => {
  it('does not bind with nine attempts', () => {
    expect(limitAt({ limit: null, recentAttempts: ten.slice(1) }, START + 900)).toBeNull()
  })

  it('binds with ten until 30 s after the first of them', () => {
    const context = { limit: null, recentAttempts: ten }
    const until = START + 30_000
    expect(limitAt(context, START + 900)).toMatchObject({
      until,
      failure: { code: 'throttled', retryAt: until },
    })
    expect(limitAt(context, until - 1)?.until).toBe(until)
    expect(limitAt(context, until)).toBeNull()
  })

  it('locks nobody out when the clock says that the attempts are yet to come', () => {
    expect(limitAt({ limit: null, recentAttempts: ten }, START - 1)).toBeNull()
    expect(limitAt({ limit: null, recentAttempts: ten }, START)).not.toBeNull()
  })

  it('says what happened and what to do, without a secret to say', () => {
    const { message } = limitAt({ limit: null, recentAttempts: ten }, START + 900)?.failure ?? {}
    expect(message).toMatch(/10 attempts .* 30 s/)
  })

  it('counts the latest ten attempts, and keeps the list that it was given', () => {
    const before = Object.freeze([...ten])
    expect(withAttempt(before, START + 5_000)).toEqual([...ten.slice(1), START + 5_000])
    expect(withAttempt([], START)).toEqual([START])
  })
})

describe('A limit that the server set', () => {
  const limit = { until: START + 60_000, failure: failureWith({ code: 'rate-limited' }) }

  it('binds until its moment, and before the storm limit', () => {
    expect(limitAt({ limit, recentAttempts: ten }, START + 1_000)).toBe(limit)
    expect(limitAt({ limit, recentAttempts: [] }, START + 59_999)).toBe(limit)
    expect(limitAt({ limit, recentAttempts: [] }, START + 60_000)).toBeNull()
  })

  it.each([
    ['says nothing', undefined, 60_000],
    ['names a moment', 5_000, 5_000],
    ['names the present', 0, 500],
    ['names the past', -9_000, 500],
    ['names an hour', 3_600_000, 3_600_000],
    ['names more than an hour', 3_600_001, 3_600_000],
  ])('is taken from a 429 that %s', (_what, after, waits) => {
    const failure = failureWith({
      code: 'rate-limited',
      ...(after === undefined ? {} : { retryAt: START + after }),
    })
    expect(rateLimit(failure, START, contextWith())).toEqual({
      until: START + waits,
      failure: { ...failure, retryAt: START + waits },
    })
  })
})

describe('A server’s wish to be left alone', () => {
  it.each([
    [undefined, 0],
    [7_000, 7_000],
    [-7_000, -7_000],
    [3_600_001, 3_600_000],
  ])('of %s ms is obeyed for %i ms', (after, obeyed) => {
    const failure = failureWith(after === undefined ? {} : { retryAt: START + after })
    expect(obeyedRetryAt(failure, START)).toBe(START + obeyed)
  })
})

describe('A retry that nobody waits for', () => {
  it('may come at once after eight attempts', () => {
    expect(soonestRetry(contextWith({ recentAttempts: ten.slice(0, 8) }), START + 800)).toBe(START + 800)
  })

  it('waits after nine until the first of the latest nine is 30 s ago', () => {
    expect(soonestRetry(contextWith({ recentAttempts: ten.slice(0, 9) }), START + 900)).toBe(START + 30_000)
    expect(soonestRetry(contextWith({ recentAttempts: ten }), START + 1_000)).toBe(START + 30_100)
  })

  it('may come at once when that is longer ago', () => {
    expect(soonestRetry(contextWith({ recentAttempts: ten.slice(0, 9) }), START + 40_000)).toBe(
      START + 40_000,
    )
  })

  it('leaves one of the ten attempts in 30 s to who asks, whenever it wants to come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { maxLength: 80 }), (gaps) => {
        let recentAttempts: readonly number[] = []
        let now = START
        const began: number[] = []
        for (const gap of gaps) {
          now = soonestRetry(contextWith({ recentAttempts }), now + gap)
          expect(limitAt({ limit: null, recentAttempts }, now)).toBeNull()
          recentAttempts = withAttempt(recentAttempts, now)
          began.push(now)
        }
        began.forEach((at, index) => {
          const ninth = began[index - 9]
          if (ninth !== undefined) expect(at - ninth).toBeGreaterThanOrEqual(30_000)
        })
      }),
    )
  })
})
