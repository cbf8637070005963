import { describe, expect, it } from 'vitest'
import type { TokenMachineEvent } from '../../machines/events'
import { guards, keepsFresh, refreshesOnTime } from '../../machines/guards'
import { START } from '../helpers/clock'
import { answered, contextWith, failed, failureWith, inHand } from './context'

type Changes = Parameters<typeof contextWith>[0]

const tick: TokenMachineEvent = { type: 'tick', at: START }
const later = (ms: number): TokenMachineEvent => ({ type: 'tick', at: START + ms })
const fetch = (force: boolean): TokenMachineEvent => ({ type: 'fetch', at: START, caller: 1, force })
const limit = { until: START + 10, failure: failureWith({ code: 'rate-limited' }) }
const series = (force: boolean) => ({ attempt: 1, reason: 'refresh' as const, force })
const ten = Array.from({ length: 10 }, () => START)

describe('The guard', () => {
  it.each<[keyof typeof guards, string, boolean, Changes, TokenMachineEvent]>([
    ['forced', 'a fetch with force', true, {}, fetch(true)],
    ['forced', 'a fetch without', false, {}, fetch(false)],
    ['forced', 'no fetch', false, {}, tick],
    ['limited', 'no limit', false, {}, tick],
    ['limited', 'a limit', true, { limit }, later(9)],
    ['limited', 'a limit that is over', false, { limit }, later(10)],
    ['limited', 'ten attempts', true, { recentAttempts: ten }, tick],
    ['forcedUnderWay', 'a forced attempt', true, { inFlight: true, series: series(true) }, tick],
    ['forcedUnderWay', 'a forced series that waits', false, { series: series(true) }, tick],
    ['forcedUnderWay', 'an unforced attempt', false, { inFlight: true, series: series(false) }, tick],
    ['forcedSeries', 'a forced series that waits', true, { series: series(true) }, tick],
    ['forcedSeries', 'an unforced one', false, { series: series(false) }, tick],
    ['forcedSeries', 'none', false, {}, tick],
    ['distrusted', 'a token that a force did not replace', true, { distrusted: true }, tick],
    ['distrusted', 'any other', false, {}, tick],
    ['retryWaits', 'a retry, due or not', true, { retryDueAt: START + 9 }, tick],
    ['retryWaits', 'none', false, {}, tick],
    ['retryDue', 'its moment', true, { retryDueAt: START }, tick],
    ['retryDue', '1 ms before', false, { retryDueAt: START + 1 }, tick],
    ['retryDue', 'its moment, offline', false, { retryDueAt: START, online: false }, tick],
    ['retryDue', 'no retry', false, {}, tick],
    ['mayAskAgain', 'observed since a fetch', true, { armed: true, observed: true }, tick],
    ['mayAskAgain', 'observed before any fetch', false, { observed: true }, tick],
    ['mayAskAgain', 'waited for alone', false, { armed: true, waiting: true }, tick],
    ['wasOffline', 'offline', true, { online: false }, tick],
    ['wasOffline', 'online', false, {}, tick],
    ['someoneWaits', 'a caller', true, { waiting: true }, tick],
    ['someoneWaits', 'nobody', false, {}, tick],
    ['wanted', 'a caller', true, { waiting: true }, tick],
    ['wanted', 'an observer', true, { armed: true, observed: true }, tick],
    ['wanted', 'nobody', false, { armed: true }, tick],
    ['refreshDue', 'its moment', true, inHand(), later(480_000)],
    ['refreshDue', '1 ms before', false, inHand(), later(479_999)],
    ['refreshDue', 'no token', false, {}, later(480_000)],
    ['tokenEnded', 'its end', true, inHand(), later(590_000)],
    ['tokenEnded', '1 ms before', false, inHand(), later(589_999)],
    ['tokenEnded', 'no token', false, {}, later(590_000)],
    ['wasRefused', 'a refusal', true, { failure: failureWith({ code: 'refused' }) }, tick],
    ['wasRefused', 'another failure', false, { failure: failureWith() }, tick],
    ['wasRefused', 'no failure', false, {}, tick],
    ['limitOver', 'its end', true, { limit }, later(10)],
    ['limitOver', '1 ms before', false, { limit }, later(9)],
    ['limitOver', 'no limit', false, {}, later(10)],
    ['current', 'an answer of the attempt', true, { inFlight: true, attemptId: 1 }, answered()],
    ['current', 'its failure', true, { inFlight: true, attemptId: 1 }, failed()],
    ['current', 'an answer of an earlier one', false, { inFlight: true, attemptId: 2 }, answered()],
    ['current', 'a failure of an earlier one', false, { inFlight: true, attemptId: 2 }, failed()],
    ['current', 'an answer to nobody', false, { attemptId: 1 }, answered()],
    ['current', 'no answer', false, { inFlight: true, attemptId: 1 }, tick],
    ['deadOnArrival', 'a token that has ended', true, {}, answered({ expiresAt: START - 1 })],
    ['deadOnArrival', 'a usable one', false, {}, answered()],
    ['deadOnArrival', 'no answer', false, {}, tick],
    ['final', 'a refusal', true, {}, failed({ code: 'refused' })],
    ['final', 'a limit', true, {}, failed({ code: 'rate-limited' })],
    ['final', 'an invalid response', true, {}, failed({ code: 'invalid-response' })],
    ['final', 'a failed fetch', false, {}, failed()],
    ['final', 'a timeout', false, {}, failed({ code: 'timeout' })],
    ['final', 'no failure', false, {}, tick],
    ['attemptsRemain', 'two of four failed', true, { failuresWithoutToken: 2 }, failed()],
    ['attemptsRemain', 'three of four failed', false, { failuresWithoutToken: 3 }, failed()],
  ])('%s, of %s: %s', (name, _of, expected, changes, event) => {
    expect(guards[name]({ context: contextWith(changes), event })).toBe(expected)
  })
})

describe('A token is kept fresh', () => {
  it.each([
    ['observed', true, true, true],
    ['observed', false, true, false],
    ['observed', true, false, false],
    ['always', false, true, true],
    ['always', true, false, false],
    ['never', true, true, false],
  ] as const)('with %s, observed %s, armed %s: %s', (keepFresh, observed, armed, expected) => {
    expect(keepsFresh(contextWith({ observed, armed }, { keepFresh }))).toBe(expected)
  })
})

describe('An expiring token is refreshed on time', () => {
  const kept = { ...inHand(), observed: true }

  it.each<[string, boolean, Changes]>([
    ['when nothing was tried', true, kept],
    ['after a failure that was not a refusal', true, { ...kept, failure: failureWith() }],
    ['not when nobody wants it', false, inHand()],
    ['not when a series is under way', false, { ...kept, series: series(false) }],
    ['not under a limit', false, { ...kept, limit }],
    ['not after a refusal', false, { ...kept, failure: failureWith({ code: 'refused' }) }],
  ])('%s: %s', (_when, expected, changes) => {
    expect(refreshesOnTime(contextWith(changes))).toBe(expected)
    expect(guards.refreshesOnTime({ context: contextWith(changes), event: tick })).toBe(expected)
  })
})
