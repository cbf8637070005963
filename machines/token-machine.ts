import { and, not } from 'xstate'
import { tokenSetup } from './actions'
import { initialContext } from './context'
import { defaultPolicy } from './default-policy'

const { createStateConfig: state } = tokenSetup

/** Nothing in hand and nothing happening: how `idle` and `failed` come back to life. */
const resting = state({
  on: {
    fetch: [
      { guard: 'limited', target: 'failed', actions: ['refuse', 'holdBack'] },
      { target: 'fetching', actions: ['firstAttemptFromNothing', 'admit', 'launch'] },
    ],
    tick: [
      {
        guard: and(['limitOver', 'mayAskAgain']),
        target: 'fetching',
        actions: ['firstAttemptFromNothing', 'launch'],
      },
      { guard: 'limitOver', actions: 'clearLimit' },
    ],
    wake: {
      guard: and(['mayAskAgain', not('limited')]),
      target: 'fetching',
      actions: ['firstAttemptFromNothing', 'launch'],
    },
    online: [
      {
        guard: and(['wasOffline', 'mayAskAgain', not('limited')]),
        target: 'fetching',
        actions: ['noteOnline', 'firstAttemptFromNothing', 'launch'],
      },
      { actions: 'noteOnline' },
    ],
  },
})

/** A usable token in hand and no attempt in flight: what `valid` and `expiring` share. */
const inHand = state({
  on: {
    // Who asks for a newer token than the one in hand.
    fetch: [
      { guard: and(['forced', 'limited']), actions: ['refuse', 'holdBack'] },
      {
        guard: 'forced',
        target: 'refreshing',
        actions: [{ type: 'firstAttempt', params: { reason: 'forced', force: true } }, 'admit', 'launch'],
      },
      { guard: and(['distrusted', 'limited']), actions: ['trust', 'serve'] },
      {
        guard: 'distrusted',
        target: 'refreshing',
        actions: ['trust', { type: 'nextAttempt', params: { reason: 'refresh' } }, 'admit', 'launch'],
      },
    ],
    // The token's end, and the retries of a refresh that failed.
    tick: [
      { guard: and(['tokenEnded', not('wanted')]), target: 'idle', actions: ['dropEndedToken', 'rest'] },
      { guard: and(['tokenEnded', 'wasRefused']), target: 'failed', actions: ['dropEndedToken', 'rest'] },
      {
        guard: and(['tokenEnded', 'limited']),
        target: 'failed',
        actions: ['dropEndedToken', 'rest', 'holdBack'],
      },
      {
        guard: and(['tokenEnded', 'retryWaits', not('retryDue')]),
        target: 'fetching',
        actions: 'dropEndedToken',
      },
      {
        guard: 'tokenEnded',
        target: 'fetching',
        actions: ['dropEndedToken', { type: 'nextAttempt', params: { reason: 'expired' } }, 'launch'],
      },
      { guard: and(['retryDue', 'limited']), actions: 'holdBack' },
      {
        guard: 'retryDue',
        target: 'refreshing',
        actions: [{ type: 'nextAttempt', params: { reason: 'refresh' } }, 'launch'],
      },
    ],
    online: [
      {
        guard: and(['wasOffline', 'retryWaits', not('limited')]),
        target: 'refreshing',
        actions: ['noteOnline', { type: 'nextAttempt', params: { reason: 'refresh' } }, 'launch'],
      },
      { actions: 'noteOnline' },
    ],
  },
})

/**
 * The life of one request's token. It never holds the token itself, asks no clock and no die (its events carry
 * `at` and `random`), and waits for nothing: `nextDeadline` says when it wants its next `tick`.
 */
export const tokenMachine = tokenSetup.createMachine({
  id: 'token',
  context: ({ input }) => initialContext({ ...defaultPolicy, ...input }),
  initial: 'idle',
  on: {
    observe: { actions: 'noteObserved' },
    unobserve: { actions: 'noteUnobserved' },
    abandon: { actions: 'noteAbandoned' },
    online: { actions: 'noteOnline' },
    offline: { actions: 'noteOffline' },
    tick: { guard: 'limitOver', actions: 'clearLimit' },
    'clock.set-back': { actions: 'moveWithClock' },
    expire: { guard: 'hasToken', actions: 'endToken' },
    invalidate: [
      {
        guard: and(['someoneWaits', 'limited']),
        target: '.failed',
        actions: ['stopAttempt', 'forget', 'holdBack', 'failCallers', 'rest'],
      },
      {
        guard: 'someoneWaits',
        target: '.fetching',
        actions: ['attemptAfterInvalidation', 'forget', 'launch'],
      },
      { target: '.idle', actions: ['stopAttempt', 'rest', 'forget'] },
    ],
  },
  states: {
    idle: resting,
    failed: resting,

    /** No usable token: an attempt is in flight or a retry waits, and so do the callers. */
    fetching: {
      on: {
        fetch: [
          { guard: and(['forced', not('forcedSeries'), 'limited']), actions: 'refuse' },
          {
            guard: and(['forced', not('forcedSeries')]),
            actions: [{ type: 'firstAttempt', params: { reason: 'forced', force: true } }, 'admit', 'launch'],
          },
          { guard: and(['retryWaits', 'limited']), actions: 'refuse' },
          { actions: 'admit' },
        ],
        'attempt.answered': [
          { guard: and(['current', 'deadOnArrival']), target: 'idle', actions: 'handOver' },
          { guard: 'current', target: 'valid', actions: 'accept' },
        ],
        'attempt.failed': [
          {
            guard: and(['current', 'final']),
            target: 'failed',
            actions: ['tellFailure', 'giveUp', 'failCallers'],
          },
          { guard: and(['current', not('wanted')]), target: 'idle', actions: ['tellFailure', 'giveUp'] },
          { guard: and(['current', 'attemptsRemain']), actions: ['tellFailure', 'noteFailureWithoutToken'] },
          { guard: 'current', target: 'failed', actions: ['tellFailure', 'giveUp', 'failCallers'] },
        ],
        tick: [
          {
            guard: and(['retryDue', 'limited']),
            target: 'failed',
            actions: ['holdBack', 'failCallers', 'rest'],
          },
          { guard: 'retryDue', actions: [{ type: 'nextAttempt', params: { reason: 'expired' } }, 'launch'] },
        ],
        online: [
          {
            guard: and(['wasOffline', 'retryWaits', not('limited')]),
            actions: ['noteOnline', { type: 'nextAttempt', params: { reason: 'expired' } }, 'launch'],
          },
          { actions: 'noteOnline' },
        ],
      },
    },

    /** Usable and not due. */
    valid: {
      on: {
        fetch: [...inHand.on.fetch, { actions: 'serve' }],
        tick: [...inHand.on.tick, { guard: 'refreshDue', target: 'expiring' }],
        online: inHand.on.online,
      },
    },

    /** Usable and due, nothing in flight. */
    expiring: {
      on: {
        fetch: [
          ...inHand.on.fetch,
          {
            guard: and([not('retryWaits'), not('limited')]),
            target: 'refreshing',
            actions: ['serve', { type: 'nextAttempt', params: { reason: 'refresh' } }, 'launch'],
          },
          { actions: 'serve' },
        ],
        tick: [
          ...inHand.on.tick,
          { guard: and(['refreshesOnTime', 'limited']), actions: 'holdBack' },
          {
            guard: 'refreshesOnTime',
            target: 'refreshing',
            actions: [{ type: 'nextAttempt', params: { reason: 'refresh' } }, 'launch'],
          },
        ],
        online: inHand.on.online,
      },
    },

    /** Usable, an attempt in flight; callers get the token in hand at once. */
    refreshing: {
      on: {
        fetch: [
          { guard: and(['forced', 'forcedUnderWay']), actions: 'admit' },
          { guard: and(['forced', 'limited']), actions: 'refuse' },
          {
            guard: 'forced',
            actions: [{ type: 'firstAttempt', params: { reason: 'forced', force: true } }, 'admit', 'launch'],
          },
          { guard: 'distrusted', actions: ['trust', 'admit'] },
          { actions: 'serve' },
        ],
        'attempt.answered': [
          { guard: and(['current', 'deadOnArrival']), target: 'valid', actions: 'handOver' },
          { guard: 'current', target: 'valid', actions: 'accept' },
        ],
        'attempt.failed': [
          {
            guard: and(['current', 'refreshDue']),
            target: 'expiring',
            actions: ['tellFailure', 'noteFailureWithToken', 'settleWithKeptToken'],
          },
          {
            guard: 'current',
            target: 'valid',
            actions: ['tellFailure', 'noteFailureWithToken', 'settleWithKeptToken'],
          },
        ],
        tick: { guard: 'tokenEnded', target: 'fetching', actions: 'dropEndedToken' },
      },
    },
  },
})
