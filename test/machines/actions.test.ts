import type { TokenMachineEvent } from 'livekit-token-store/machine'
import { describe, expect, it } from 'vitest'
import { START } from '../helpers/clock'
import { atWork } from './at-work'
import { answered, failed } from './context'

const fetch = (caller: number, ms = 0): TokenMachineEvent => ({
  type: 'fetch',
  caller,
  force: false,
  at: START + ms,
})
const force = (caller: number, ms = 0): TokenMachineEvent => ({ ...fetch(caller, ms), force: true }) as never
const at = (type: 'tick' | 'wake' | 'observe' | 'invalidate' | 'online' | 'offline', ms = 0) => ({
  type,
  at: START + ms,
})
const limited = failed({ code: 'rate-limited', status: 429 }, { attemptId: 1 })

describe('A caller', () => {
  it('of a fetch waits, and all who wait are answered together', () => {
    const { play, told } = atWork()
    play(fetch(1), fetch(2), answered())
    expect(told).toEqual([
      { type: 'caller.waits', caller: 1 },
      { type: 'attempt', attempt: 1, reason: 'initial' },
      { type: 'caller.waits', caller: 2 },
      { type: 'callers.answered', keep: true },
    ])
  })

  it('with force joins a forced attempt for the first token, and does not begin another', () => {
    const { play, begun } = atWork()
    const { context } = play(force(1), force(2))
    expect(begun).toHaveLength(1)
    expect(context.attemptId).toBe(1)
  })

  it('with force joins the retry that a forced attempt for the first token waits for', () => {
    const { play, begun, told } = atWork()
    play(force(1), failed({}, { attemptId: 1 }), force(2, 100))
    expect(begun).toHaveLength(1)
    expect(told).toContainEqual({ type: 'caller.waits', caller: 2 })
  })

  it('is refused, not let in, when the attempts have used up the limit and a retry waits', () => {
    const { play, told } = atWork()
    play(fetch(1), ...Array.from({ length: 9 }, () => at('invalidate')))
    const { context } = play(failed({}, { attemptId: 10 }), fetch(2, 100))
    expect(context.retryDueAt).toBe(START + 500)
    expect(told.at(-1)).toMatchObject({ type: 'caller.refused', caller: 2, failure: { code: 'throttled' } })
  })

  it('of a token that a force could not replace is served under a limit, and the token is trusted again', () => {
    const { play, told } = atWork()
    play(fetch(1), answered(), force(2))
    expect(play(failed({ code: 'rate-limited' }, { attemptId: 2 })).context.distrusted).toBe(true)
    const { context, value } = play(fetch(3, 1_000))
    expect(told.at(-1)).toEqual({ type: 'caller.served', caller: 3 })
    expect({ value, distrusted: context.distrusted }).toEqual({ value: 'valid', distrusted: false })
  })

  it('who forced is told of the failure, and the others are given the token that is kept', () => {
    const { play, told } = atWork()
    play(fetch(1), answered(), force(2), failed({}, { attemptId: 2 }))
    expect(told.slice(-2)).toEqual([
      { type: 'attempt-failed', attempt: 1, code: 'fetch-failed' },
      { type: 'callers.kept', failure: expect.objectContaining({ code: 'fetch-failed' }) },
    ])
  })
})

describe('Who gave up', () => {
  it.each(['wake', 'online'] as const)(
    'asks nothing by %s while it is limited, and again afterwards',
    (type) => {
      const { play, begun } = atWork()
      play(at('observe'), fetch(1), limited)
      play(at('offline', 1_000), at(type, 2_000))
      expect(begun).toHaveLength(1)
      play(at('offline', 59_000), at(type, 60_000))
      expect(begun).toHaveLength(2)
    },
  )

  it('tells the failure with its status, and why', () => {
    const { play, told } = atWork()
    play(fetch(1), limited)
    expect(told.slice(-2)).toEqual([
      { type: 'attempt-failed', attempt: 1, code: 'rate-limited', status: 429 },
      { type: 'callers.failed', failure: expect.objectContaining({ retryAt: START + 60_000 }) },
    ])
  })
})

describe('An invalidation', () => {
  it('forgets the token and tells so', () => {
    const { play, told } = atWork()
    const { value, context } = play(fetch(1), answered(), at('invalidate'))
    expect(value).toBe('idle')
    expect(context).toMatchObject({ view: null, expired: false })
    expect(told.at(-1)).toEqual({ type: 'invalidated' })
  })

  it('under the storm limit fails who waits, and asks nothing', () => {
    const { play, told, running } = atWork()
    play(fetch(1), ...Array.from({ length: 10 }, () => at('invalidate')))
    expect(running).toEqual([])
    expect(told.slice(-2)).toEqual([
      { type: 'invalidated' },
      { type: 'callers.failed', failure: expect.objectContaining({ code: 'throttled' }) },
    ])
  })
})

describe('A clock that is set back', () => {
  it('is told with the whole correction', () => {
    const { play, told } = atWork()
    play(fetch(1), answered({ issuedAt: START + 2_000, expiresAt: START + 602_000 }))
    play({ type: 'clock.set-back', byMs: 5_000, at: START - 5_000 })
    expect(told.at(-1)).toEqual({ type: 'clock-corrected', byMs: 7_000 })
  })
})
