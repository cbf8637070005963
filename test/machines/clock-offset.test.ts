import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockOffset, setBack } from '../../machines/clock-offset'
import { START } from '../helpers/clock'
import { contextWith, failureWith, inHand } from './context'

const HOUR = 3_600_000
const none = { issuedAt: null, notBefore: null }
const offset = (evidence: Partial<Parameters<typeof clockOffset>[0]>) =>
  clockOffset({ at: START, previousMs: 0, token: none, ...evidence })

describe('The clock’s offset', () => {
  it.each([
    ['nothing is known', {}, 0],
    ['iat is now', { token: { ...none, issuedAt: START } }, 0],
    ['iat is in the past', { token: { ...none, issuedAt: START - HOUR } }, 0],
    ['iat is later', { token: { ...none, issuedAt: START + HOUR } }, HOUR],
    ['iat is two days later', { token: { ...none, issuedAt: START + 48 * HOUR } }, 48 * HOUR],
    ['nbf alone is later', { token: { ...none, notBefore: START + HOUR } }, HOUR],
    ['nbf alone is two days later', { token: { ...none, notBefore: START + 48 * HOUR } }, 24 * HOUR],
    ['iat is now and nbf later', { token: { issuedAt: START, notBefore: START + HOUR } }, 0],
    ['iat is later than nbf', { token: { issuedAt: START + HOUR, notBefore: START } }, HOUR],
  ])('when %s', (_when, evidence, expected) => {
    expect(offset(evidence)).toBe(expected)
  })

  it.each([
    ['behind', HOUR, 500, HOUR],
    ['ahead', -HOUR, 500, -HOUR],
    ['within the uncertainty', 500, 500, 0],
    ['within the uncertainty, ahead', -500, 500, 0],
    ['just over it', 501, 500, 501],
  ])('by the server’s own time, %s', (_which, by, uncertaintyMs, expected) => {
    expect(offset({ serverTime: { now: START + by, uncertaintyMs } })).toBe(expected)
  })

  it('by the server’s time stays as it was when it differs by no more than the uncertainty', () => {
    const told = (by: number) =>
      offset({ previousMs: HOUR, serverTime: { now: START + HOUR + by, uncertaintyMs: 500 } })
    expect([-501, -500, 0, 500, 501].map(told)).toEqual([HOUR - 501, HOUR, HOUR, HOUR, HOUR + 501])
  })

  it('is forgotten by an answer that speaks of no difference: clocks get mended', () => {
    expect(offset({ previousMs: HOUR, token: { ...none, issuedAt: START } })).toBe(0)
  })

  it('is the greater of what the server’s time and the token say', () => {
    const serverTime = { now: START + HOUR, uncertaintyMs: 500 }
    expect(offset({ serverTime, token: { ...none, issuedAt: START + 2 * HOUR } })).toBe(2 * HOUR)
    expect(offset({ serverTime, token: { ...none, issuedAt: START + 1 } })).toBe(HOUR)
    expect(offset({ serverTime, token: { ...none, issuedAt: START - HOUR } })).toBe(HOUR)
  })
})

describe('A clock that is set back', () => {
  const failure = failureWith({ code: 'rate-limited', retryAt: START + 60_000 })
  const limit = { until: START + 60_000, failure }
  const context = contextWith({
    ...inHand(),
    clockOffsetMs: 250,
    retryDueAt: START + 5_000,
    limit,
    failure,
    recentAttempts: [START - 9_000, START],
  })

  it('moves every moment that the context keeps by the local clock', () => {
    expect(setBack(context, HOUR)).toEqual({
      clockOffsetMs: 250 + HOUR,
      view: { ...context.view, receivedAt: START - HOUR, refreshAt: START + 480_000 - HOUR },
      unusableAt: START + 590_000 - HOUR,
      retryDueAt: START + 5_000 - HOUR,
      limit: { until: START + 60_000 - HOUR, failure: { ...failure, retryAt: START + 60_000 - HOUR } },
      failure: { ...failure, retryAt: START + 60_000 - HOUR },
      recentAttempts: [START - 9_000 - HOUR, START - HOUR],
    })
  })

  it('leaves the claims’ own times alone', () => {
    expect(setBack(context, HOUR).view).toMatchObject({
      issuedAt: null,
      notBefore: START,
      expiresAt: START + 600_000,
    })
  })

  it('makes nothing of what is not there', () => {
    const before = contextWith()
    expect({ ...before, ...setBack(before, HOUR) }).toEqual({ ...before, clockOffsetMs: HOUR })
  })

  it('leaves a failure without a moment as it is', () => {
    const before = contextWith({ failure: failureWith({ code: 'timeout' }) })
    expect({ ...before, ...setBack(before, HOUR) }.failure).toBe(before.failure)
  })

  it('changes no wait and no corrected time, by whatever it is set back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_001, max: 1e12 }), (byMs) => {
        const after = { ...context, ...setBack(context, byMs) }
        const now = START - byMs
        expect(now + after.clockOffsetMs).toBe(START + context.clockOffsetMs)
        expect(after.unusableAt - now).toBe(context.unusableAt - START)
        expect((after.retryDueAt ?? 0) - now).toBe((context.retryDueAt ?? 0) - START)
        expect((after.view?.refreshAt ?? 0) - now).toBe((context.view?.refreshAt ?? 0) - START)
      }),
    )
  })
})
