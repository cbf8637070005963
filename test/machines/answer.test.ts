import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepted, handedOver, judgeAnswer } from '../../machines/answer'
import { START } from '../helpers/clock'
import { answered, contextWith, failureWith, inHand } from './context'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const living = (lifetimeMs: number) => answered({ expiresAt: START + lifetimeMs })

describe('An answer', () => {
  it.each([
    // lifetime, refreshAt, unusableAt, both from now
    [1, 0.9, 0.9],
    [2_000, 1_800, 1_800],
    [10_000, 5_000, 9_000],
    [30_000, 20_000, 27_000],
    [600_000, 480_000, 590_000],
    [6 * HOUR, 6 * HOUR - 120_000, 6 * HOUR - 10_000],
    [30 * DAY, 30 * DAY - 120_000, 30 * DAY - 10_000],
    [60 * DAY, 60 * DAY - 120_000, 60 * DAY - 10_000],
  ])('that lives %d ms is due after %d ms and usable for %d ms', (lifetime, due, usable) => {
    const { view, unusableAt, dead, facts } = judgeAnswer(contextWith(), living(lifetime))
    expect(view.refreshAt - START).toBeCloseTo(due, 3)
    expect(unusableAt - START).toBeCloseTo(usable, 3)
    expect(dead).toBe(false)
    expect(facts).toEqual([])
  })

  it('becomes a view of its claims and of our clock, with the next ordinal', () => {
    const event = answered({ issuedAt: START - 5_000 }, { at: START + 70 })
    expect(judgeAnswer(contextWith({ lastOrdinal: 6 }), event).view).toEqual({
      ordinal: 7,
      serverUrl: event.token.serverUrl,
      issuedAt: START - 5_000,
      notBefore: START,
      expiresAt: START + 600_000,
      receivedAt: START + 70,
      refreshAt: START + 600_000 - 120_000,
      room: 'A',
      identity: 'me',
      grants: { roomJoin: true, room: 'A' },
    })
  })

  it('is due earlier by the jitter', () => {
    const { view } = judgeAnswer(contextWith(), answered({}, { random: 0.5 }))
    expect(view.refreshAt).toBe(START + 465_000)
  })

  it.each([
    ['iat', { issuedAt: START - HOUR, notBefore: START }, 120_000],
    ['nbf without iat', { issuedAt: null, notBefore: START - 400_000 }, 120_000],
    ['its arrival without either', { issuedAt: null, notBefore: null }, 60_000],
  ])('has a lifetime from %s on', (_from, claims, lead) => {
    const { view } = judgeAnswer(contextWith(), answered({ ...claims, expiresAt: START + 300_000 }))
    expect(view.refreshAt).toBe(START + 300_000 - lead)
  })

  it.each([
    ['with 1 ms more than the min validity', 10_001, false],
    ['with just the min validity', 10_000, true],
    ['that has expired', -1, true],
  ])('%s left is dead on arrival: %s', (_what, left, dead) => {
    const at = START + 600_000 - left
    const judged = judgeAnswer(contextWith(), answered({}, { at }))
    expect(judged.dead).toBe(dead)
    expect(judged.facts).toEqual(dead ? [{ type: 'expired-on-arrival' }] : [])
  })

  it('that expires before it was issued is dead, not of negative lifetime', () => {
    const judged = judgeAnswer(contextWith(), answered({ expiresAt: START - 1 }))
    expect(judged).toMatchObject({ dead: true, unusableAt: START - 1 })
  })

  it('without an end is taken to live for 600 s, and that is told once', () => {
    const endless = answered({ expiresAt: null, notBefore: null })
    const judged = judgeAnswer(contextWith(), endless)
    expect(judged).toMatchObject({ noExpiry: true, facts: [{ type: 'no-expiry' }] })
    expect(judged.view.expiresAt).toBe(START + 600_000)
    expect(judgeAnswer(contextWith({ toldNoExpiry: true }), endless).facts).toEqual([])
  })

  it.each([
    ['1 s', 1_000, [{ type: 'clock-corrected', byMs: 1_000 }]],
    ['less than 1 s', 999, []],
  ])('that shows a clock %s behind corrects it', (_by, byMs, facts) => {
    const judged = judgeAnswer(
      contextWith(),
      answered({ issuedAt: START + byMs, expiresAt: START + byMs + 600_000 }),
    )
    expect(judged).toMatchObject({ clockOffsetMs: byMs, facts, unusableAt: START + 590_000 })
    expect(judged.view.refreshAt).toBe(START + 480_000)
  })

  it('that shows a clock ahead ends later by it', () => {
    const serverTime = { now: START - HOUR, uncertaintyMs: 500 }
    const event = answered({ issuedAt: START - HOUR, expiresAt: START - HOUR + 600_000 }, { serverTime })
    expect(judgeAnswer(contextWith(), event)).toMatchObject({
      clockOffsetMs: -HOUR,
      dead: false,
      unusableAt: START + 590_000,
    })
  })

  it('that mends the clock tells the new correction', () => {
    const { clockOffsetMs, facts } = judgeAnswer(contextWith({ clockOffsetMs: HOUR }), answered())
    expect({ clockOffsetMs, facts }).toEqual({
      clockOffsetMs: 0,
      facts: [{ type: 'clock-corrected', byMs: 0 }],
    })
  })

  it('that expires no later than the token in hand stalls, and waits out a growing floor', () => {
    const lead = () => 300_000
    const at = START + 400_000
    const due = (stalled: number) =>
      judgeAnswer(contextWith({ ...inHand(), stalled }, { refreshLeadMs: lead }), answered({}, { at }))
    expect([0, 1, 2].map((stalled) => due(stalled).view.refreshAt - at)).toEqual([10_000, 20_000, 40_000])
    expect([0, 1, 2].map((stalled) => due(stalled).stalled)).toEqual([1, 2, 3])
  })

  it('that expires 1 ms later does not stall', () => {
    const context = contextWith({ ...inHand(), stalled: 3 })
    expect(judgeAnswer(context, answered({ expiresAt: START + 600_001 })).stalled).toBe(0)
    expect(judgeAnswer(context, answered()).stalled).toBe(4)
  })

  it('is due no later than its end, and dead just when its end has come', () => {
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    const far = fc.integer({ min: -DAY, max: 60 * DAY })
    const claim = fc.option(far.map((ms) => START + ms))
    fc.assert(
      fc.property(
        claim,
        claim,
        claim,
        unit,
        fc.nat(30),
        fc.double(),
        (iat, nbf, exp, random, stalled, lead) => {
          const context = contextWith({ stalled }, { refreshLeadMs: () => lead })
          const token = { issuedAt: iat, notBefore: nbf, expiresAt: exp }
          const { view, unusableAt, dead } = judgeAnswer(context, answered(token, { random }))
          expect(view.refreshAt).toBeLessThanOrEqual(unusableAt)
          expect(dead).toBe(START >= unusableAt)
          if (!dead) expect(view.refreshAt).toBeGreaterThan(START)
        },
      ),
    )
  })
})

describe('An answer that is accepted', () => {
  it('is the token in hand and ends every trouble', () => {
    const context = contextWith({
      inFlight: true,
      waiting: true,
      expired: true,
      distrusted: true,
      retryDueAt: START,
      failuresWithoutToken: 2,
      series: { attempt: 3, reason: 'initial', force: false },
      failure: failureWith(),
    })
    const judged = judgeAnswer(context, answered())
    expect({ ...context, ...accepted(context, judged) }).toEqual({
      ...contextWith(),
      view: judged.view,
      unusableAt: START + 590_000,
      lastOrdinal: 1,
    })
  })

  it('remembers for good that an end was missing', () => {
    const first = accepted(contextWith(), judgeAnswer(contextWith(), answered({ expiresAt: null })))
    expect(first.toldNoExpiry).toBe(true)
    const context = contextWith({ toldNoExpiry: true })
    expect(accepted(context, judgeAnswer(context, answered())).toldNoExpiry).toBe(true)
    expect(accepted(contextWith(), judgeAnswer(contextWith(), answered())).toldNoExpiry).toBe(false)
  })
})

describe('An answer that is handed over once', () => {
  const dead = answered({ expiresAt: START + 400_000 }, { at: START + 395_000 })

  it('leaves nothing behind without a token in hand, and is not asked for again', () => {
    const context = contextWith({ armed: true, observed: true, inFlight: true, waiting: true })
    const after = { ...context, ...handedOver(context, judgeAnswer(context, dead)) }
    expect(after).toMatchObject({
      view: null,
      lastOrdinal: 0,
      inFlight: false,
      waiting: false,
      armed: false,
      expired: true,
    })
  })

  it('keeps the token in hand, leaves it alone for a while and forgets the failure', () => {
    const context = contextWith({ ...inHand(), failure: failureWith() })
    const after = { ...context, ...handedOver(context, judgeAnswer(context, dead)) }
    expect(after).toMatchObject({
      lastOrdinal: 1,
      unusableAt: START + 590_000,
      expired: false,
      failure: null,
    })
    expect(after.view).toEqual({ ...context.view, refreshAt: after.view?.refreshAt })
    expect(after.view?.refreshAt).toBeLessThanOrEqual(after.unusableAt)
  })

  // It is due at the dead answer's own end, which is past, so that every fetch asks again.
  it('leaves the token in hand alone for a while: its refresh is not due at once', () => {
    const context = contextWith(inHand())
    const { view } = handedOver(context, judgeAnswer(context, dead))
    expect(view?.refreshAt).toBeGreaterThanOrEqual(dead.at + 5_000)
  })

  it('leaves its refresh where it was when that is later, and never puts it past the end', () => {
    const refreshAt = (at: number) => {
      const context = contextWith(inHand())
      const answer = answered({ expiresAt: START + 400_000 }, { at })
      return handedOver(context, judgeAnswer(context, answer)).view?.refreshAt
    }
    // The first answer that brings no later expiry doubles the floor of 5 s.
    expect([395_000, 475_000, 589_000].map((ms) => refreshAt(START + ms))).toEqual([
      START + 480_000,
      START + 485_000,
      START + 590_000,
    ])
  })

  it('corrects the end of the token in hand by what it tells of the clock', () => {
    const context = contextWith(inHand())
    const serverTime = { now: dead.at + 60_000, uncertaintyMs: 500 }
    const after = handedOver(context, judgeAnswer(context, { ...dead, serverTime }))
    expect(after.clockOffsetMs).toBe(60_000)
    expect(after.unusableAt).toBe(START + 530_000)
  })
})
