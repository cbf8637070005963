import { describe, expect, it } from 'vitest'
import { nextDeadline } from '../../machines/deadline'
import type { TokenStatus } from '../../machines/vocabulary'
import { START } from '../helpers/clock'
import { contextWith, failureWith, inHand } from './context'

const REFRESH = START + 480_000
const END = START + 590_000
const limit = (until: number) => ({ until, failure: failureWith({ code: 'rate-limited' }) })
const series = { attempt: 1, reason: 'refresh', force: false } as const

describe('The next deadline', () => {
  it.each<TokenStatus>(['idle', 'fetching', 'failed'])('is never in %s, when nothing waits', (status) => {
    expect(nextDeadline(status, contextWith())).toBeNull()
  })

  it.each<[string, TokenStatus, Parameters<typeof contextWith>[0], number | null]>([
    ['valid', 'valid', inHand(), REFRESH],
    ['valid, when the token ends first', 'valid', inHand({ refreshAt: END + 1 }), END],
    ['valid with a retry', 'valid', { ...inHand(), retryDueAt: START + 9 }, START + 9],
    [
      'valid and offline with a retry',
      'valid',
      { ...inHand(), retryDueAt: START + 9, online: false },
      REFRESH,
    ],
    ['valid and limited', 'valid', { ...inHand(), limit: limit(START + 7) }, START + 7],
    ['expiring, which nobody wants renewed', 'expiring', inHand(), END],
    ['expiring, observed: at once', 'expiring', { ...inHand(), observed: true }, REFRESH],
    ['expiring, tried already', 'expiring', { ...inHand(), observed: true, series }, END],
    [
      'expiring and refused',
      'expiring',
      { ...inHand(), observed: true, failure: failureWith({ code: 'refused' }) },
      END,
    ],
    [
      'expiring with a failure that is over',
      'expiring',
      { ...inHand(), observed: true, failure: failureWith() },
      REFRESH,
    ],
    [
      'expiring and limited',
      'expiring',
      { ...inHand(), observed: true, limit: limit(REFRESH + 5) },
      REFRESH + 5,
    ],
    ['refreshing', 'refreshing', { ...inHand(), inFlight: true, series }, END],
    ['fetching with a retry', 'fetching', { retryDueAt: START + 500 }, START + 500],
    ['fetching and offline', 'fetching', { retryDueAt: START + 500, online: false }, null],
    ['failed and limited', 'failed', { limit: limit(START + 60_000) }, START + 60_000],
    ['idle and limited', 'idle', { limit: limit(START + 60_000) }, START + 60_000],
  ])('in %s', (_when, status, changes, expected) => {
    expect(nextDeadline(status, contextWith(changes))).toBe(expected)
  })

  it('is the end of an expiring token that is not kept fresh, though somebody observes', () => {
    const observed = { ...inHand(), observed: true }
    expect(nextDeadline('expiring', contextWith(observed, { keepFresh: 'never' }))).toBe(END)
    expect(nextDeadline('expiring', contextWith(inHand(), { keepFresh: 'always' }))).toBe(REFRESH)
    expect(nextDeadline('expiring', contextWith({ ...observed, armed: false }))).toBe(END)
  })
})
