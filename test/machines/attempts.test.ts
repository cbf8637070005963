import { describe, expect, it } from 'vitest'
import {
  atRest,
  failedWithoutToken,
  failedWithToken,
  firstAttempt,
  gaveUp,
  heldBack,
  nextAttempt,
  tokenEnded,
} from '../../machines/attempts'
import { START } from '../helpers/clock'
import { contextWith, failed, failureWith, inHand } from './context'

const series = (attempt: number, force = false) => ({ attempt, reason: 'refresh' as const, force })
const limit = {
  until: START + 60_000,
  failure: failureWith({ code: 'rate-limited', retryAt: START + 60_000 }),
}
const ten = Array.from({ length: 10 }, (_, index) => START + index)

describe('An attempt', () => {
  const before = contextWith({
    attemptId: 4,
    retryDueAt: START + 9,
    failuresWithoutToken: 2,
    limit,
    recentAttempts: [START - 5],
    series: series(3),
  })
  const begun = {
    attemptId: 5,
    inFlight: true,
    armed: true,
    retryDueAt: null,
    limit: null,
    recentAttempts: [START - 5, START],
  }

  it('that is a first one begins a series, whatever waited', () => {
    expect(firstAttempt(before, START, { reason: 'forced', force: true })).toEqual({
      ...begun,
      series: { attempt: 1, reason: 'forced', force: true },
      failuresWithoutToken: 0,
    })
  })

  it('that is the next one goes on with the series, keeps its reason and the failures so far', () => {
    expect(nextAttempt(before, START, 'expired')).toEqual({ ...begun, series: series(4) })
  })

  it('that is the next one of no series is a first one', () => {
    expect(nextAttempt({ ...before, series: null }, START, 'expired')).toEqual({
      ...begun,
      series: { attempt: 1, reason: 'expired', force: false },
      failuresWithoutToken: 0,
    })
  })
})

describe('A failure with a usable token', () => {
  const context = contextWith({ ...inHand(), inFlight: true, waiting: true, series: series(1) })

  it('plans the retry of the same series and lets who waits go', () => {
    const event = failed({}, { random: 0.75, at: START + 480_000 })
    expect(failedWithToken(context, event)).toEqual({
      inFlight: false,
      waiting: false,
      failure: event.failure,
      distrusted: false,
      series: series(1),
      retryDueAt: START + 480_750,
    })
  })

  it('of a forced attempt makes the token distrusted and the retries nobody’s force', () => {
    const changes = failedWithToken({ ...context, series: series(1, true) }, failed())
    expect(changes).toMatchObject({ distrusted: true, series: series(1, false) })
    expect(failedWithToken({ ...context, distrusted: true }, failed())).toMatchObject({ distrusted: true })
  })

  it('that is a refusal plans nothing', () => {
    expect(failedWithToken(context, failed({ code: 'refused' }))).toMatchObject({
      series: null,
      retryDueAt: null,
    })
  })

  it('that is a limit plans the retry for its end', () => {
    expect(failedWithToken(context, failed({ code: 'rate-limited' }))).toMatchObject({
      limit: { until: START + 60_000 },
      retryDueAt: START + 60_000,
      failure: { code: 'rate-limited', retryAt: START + 60_000 },
    })
  })

  it.each([
    ['time for the whole wait', 480_000, 1, 484_000],
    ['less time than that', 588_000, 1, 589_500],
    ['just time for the floor', 589_000, 1, 589_500],
    ['no time for one more', 589_001, 1, null],
  ])('with %s left', (_what, after, luck, due) => {
    const event = failed({}, { at: START + after, random: luck })
    const { retryDueAt } = failedWithToken({ ...context, series: series(3) }, event)
    expect(retryDueAt).toBe(due === null ? null : START + due)
  })

  it.each([
    ['later than the planned retry', 30_000, 30_000],
    ['earlier than the planned retry', 100, 500],
    ['after the token’s end', 700_000, 700_000],
    ['farther than an hour', 9_000_000, 3_600_000],
  ])('whose server wants to be left alone until %s', (_what, wish, due) => {
    const event = failed({ status: 503, retryAt: START + wish })
    expect(failedWithToken(context, event).retryDueAt).toBe(START + due)
  })

  it('plans no retry for the past when there is no time for one more and the server had no wish', () => {
    const at = START + 589_800
    expect(failedWithToken(context, failed({ retryAt: at - 5 }, { at })).retryDueAt).toBeNull()
  })

  it('after nine attempts in a rush leaves the tenth to who asks', () => {
    const rushed = { ...context, recentAttempts: ten.slice(0, 9) }
    expect(failedWithToken(rushed, failed({}, { at: START + 20 })).retryDueAt).toBe(START + 30_000)
  })
})

describe('A failure without a token', () => {
  const context = contextWith({ inFlight: true, waiting: true, failuresWithoutToken: 1, series: series(2) })

  it('is counted, and the next try planned', () => {
    const event = failed({}, { random: 0.75 })
    expect(failedWithoutToken(context, event)).toEqual({
      inFlight: false,
      failure: event.failure,
      failuresWithoutToken: 2,
      retryDueAt: START + 1_500,
    })
  })

  it('waits as long as the server wishes, when that is longer, an hour at most', () => {
    const due = (retryAt: number) => failedWithoutToken(context, failed({ retryAt })).retryDueAt
    expect([START + 100, START + 9_000, START + 9_000_000].map(due)).toEqual([
      START + 500,
      START + 9_000,
      START + 3_600_000,
    ])
  })

  it('when it is the last one leaves nothing under way', () => {
    const event = failed()
    expect(gaveUp(context, event)).toEqual({ ...atRest, failure: event.failure })
    expect(atRest).toEqual({
      inFlight: false,
      series: null,
      failuresWithoutToken: 0,
      retryDueAt: null,
      waiting: false,
    })
  })

  it('that is a limit outlives the giving up', () => {
    expect(gaveUp(context, failed({ code: 'rate-limited' }))).toEqual({
      ...atRest,
      failure: { code: 'rate-limited', message: 'It failed.', retryAt: START + 60_000 },
      limit: { until: START + 60_000, failure: expect.objectContaining({ retryAt: START + 60_000 }) },
    })
  })
})

describe('The token’s end', () => {
  it('leaves no token, and the next attempts count from nothing', () => {
    const context = contextWith({ ...inHand(), distrusted: true, failuresWithoutToken: 3 })
    expect({ ...context, ...tokenEnded }).toMatchObject({
      view: null,
      unusableAt: Number.NEGATIVE_INFINITY,
      distrusted: false,
      expired: true,
      failuresWithoutToken: 0,
    })
  })
})

describe('An attempt that a limit holds back', () => {
  it('waits for the limit’s end with a token in hand', () => {
    const context = contextWith({ ...inHand(), retryDueAt: START, limit })
    expect(heldBack(context, START)).toEqual({ limit, failure: limit.failure, retryDueAt: limit.until })
  })

  it('has nothing to wait with otherwise, nor when no retry waited', () => {
    expect(heldBack(contextWith({ retryDueAt: START, limit }), START).retryDueAt).toBeNull()
    expect(heldBack(contextWith({ ...inHand(), limit }), START).retryDueAt).toBeNull()
  })

  it('is told of the storm limit as of any other', () => {
    const { limit: found, failure } = heldBack(contextWith({ recentAttempts: ten }), START + 10)
    expect(found?.until).toBe(START + 30_000)
    expect(failure?.code).toBe('throttled')
  })

  it('changes nothing once the limit is over', () => {
    expect(heldBack(contextWith({ limit }), limit.until)).toEqual({})
  })
})
