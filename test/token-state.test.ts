import { describe, expect, it } from 'vitest'
import { idleState, tokenState } from '../src/token-state'
import { START } from './helpers/clock'
import { contextWith, failureWith, inHand } from './machines/context'

const idle = idleState(START)
const series = { attempt: 2, reason: 'refresh', force: false } as const

describe('A token’s state', () => {
  it('is idle at first, since the beginning', () => {
    expect(idle).toEqual({ status: 'idle', token: null, error: null, attempt: 0, nextAt: null, since: START })
  })

  it.each(['valid', 'expiring', 'refreshing'] as const)('in %s has the view itself', (status) => {
    const context = contextWith(inHand())
    expect(tokenState(idle, status, context, START).token).toBe(context.view)
  })

  it.each(['idle', 'fetching', 'failed'] as const)('in %s has no token', (status) => {
    expect(tokenState(idle, status, contextWith(), START).token).toBeNull()
  })

  it('without the token that it says to have is a bug, and says so', () => {
    expect(() => tokenState(idle, 'valid', contextWith(), START)).toThrow(/bug/)
  })

  it('counts the attempt of the series, and tells the moment that is waited for', () => {
    const failure = failureWith()
    const context = contextWith({ series, retryDueAt: START + 9, failure })
    expect(tokenState(idle, 'fetching', context, START + 5)).toMatchObject({
      attempt: 2,
      nextAt: START + 9,
      error: { code: 'fetch-failed' },
      since: START + 5,
    })
    const limit = { until: START + 60_000, failure }
    expect(tokenState(idle, 'fetching', { ...context, limit }, START).nextAt).toBe(START + 60_000)
  })

  it('keeps since as long as the status stays', () => {
    const first = tokenState(idle, 'fetching', contextWith({ series }), START + 5)
    const next = tokenState(first, 'fetching', contextWith({ retryDueAt: START + 9 }), START + 7)
    expect(next).not.toBe(first)
    expect(next.since).toBe(START + 5)
  })

  it('is the same reference when nothing changed', () => {
    const context = contextWith({ ...inHand(), failure: failureWith() })
    const state = tokenState(idle, 'valid', context, START)
    expect(tokenState(state, 'valid', { ...context, observed: true }, START + 9)).toBe(state)
    expect(tokenState(idle, 'idle', contextWith(), START + 9)).toBe(idle)
  })

  it.each([
    ['the token', { ...inHand(), lastOrdinal: 2 }],
    ['the error', { failure: failureWith() }],
    ['the attempt', { series }],
    ['nextAt', { retryDueAt: START + 9 }],
  ])('is another one when %s changed', (_what, changes) => {
    const before = contextWith(inHand())
    const state = tokenState(idle, 'valid', before, START)
    expect(tokenState(state, 'valid', { ...before, ...changes }, START)).not.toBe(state)
  })

  it('has one error for one failure, without a cause', () => {
    const context = contextWith({ failure: failureWith() })
    const { error } = tokenState(idle, 'failed', context, START)
    expect(tokenState(idle, 'fetching', context, START).error).toBe(error)
    expect(error && 'cause' in error).toBe(false)
    const other = contextWith({ failure: failureWith() })
    expect(tokenState(idle, 'failed', other, START).error).not.toBe(error)
  })
})
