import { assertEvent, assign, setup } from 'xstate'
import { accepted, handedOver, judgeAnswer } from './answer'
import { attempt } from './attempt'
import * as step from './attempts'
import { setBack } from './clock-offset'
import type { TokenContext, TokenPolicy } from './context'
import type { TokenMachineEmitted, TokenMachineEvent } from './events'
import { guards } from './guards'
import { limitAt } from './limits'
import type { AttemptReason } from './vocabulary'

const typed = setup({
  types: {
    context: {} as TokenContext,
    events: {} as TokenMachineEvent,
    emitted: {} as TokenMachineEmitted,
    input: {} as Partial<TokenPolicy> | undefined,
  },
  actors: { attempt },
  guards,
})

/** Stops the attempt in flight, if there is one, and starts the one that the context now tells of. */
const launch = typed.enqueueActions(({ enqueue }) => {
  enqueue.stopChild('attempt')
  // Spawned, not invoked: the attempt belongs to the lifecycle and outlives the state that started it.
  enqueue.spawnChild('attempt', {
    id: 'attempt',
    input: ({ context }) => ({
      attemptId: context.attemptId,
      attempt: context.series?.attempt ?? 1,
      reason: context.series?.reason ?? 'initial',
      force: context.series?.force === true || context.series?.reason === 'forced',
    }),
  })
  enqueue.emit(({ context }) => ({
    type: 'attempt',
    attempt: context.series?.attempt ?? 1,
    reason: context.series?.reason ?? 'initial',
  }))
})

/** The machine's words: its types, guards and actions. What they do to the context is in `attempts.ts`. */
export const tokenSetup = typed.extend({
  actions: {
    launch,

    // Attempts
    firstAttempt: assign(({ context, event }, params: { reason: AttemptReason; force: boolean }) =>
      step.firstAttempt(context, event.at, params),
    ),
    firstAttemptFromNothing: assign(({ context, event }) => {
      const force = event.type === 'fetch' && event.force
      return step.firstAttempt(context, event.at, {
        reason: force ? 'forced' : context.expired ? 'expired' : 'initial',
        force,
      })
    }),
    attemptAfterInvalidation: assign(({ context, event }) =>
      step.firstAttempt(context, event.at, { reason: 'initial', force: context.series?.force === true }),
    ),
    nextAttempt: assign(({ context, event }, params: { reason: AttemptReason }) =>
      step.nextAttempt(context, event.at, params.reason),
    ),
    stopAttempt: typed.stopChild('attempt'),
    rest: assign(step.atRest),
    holdBack: assign(({ context, event }) => step.heldBack(context, event.at)),
    clearLimit: assign({ limit: null }),

    // Tokens
    accept: typed.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'attempt.answered')
      enqueue.stopChild('attempt')
      const answer = judgeAnswer(context, event)
      enqueue.assign(accepted(context, answer))
      for (const fact of answer.facts) enqueue.emit(fact)
      enqueue.emit({ type: 'callers.answered', keep: true })
    }),
    handOver: typed.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'attempt.answered')
      enqueue.stopChild('attempt')
      const answer = judgeAnswer(context, event)
      enqueue.assign(handedOver(context, answer))
      for (const fact of answer.facts) enqueue.emit(fact)
      enqueue.emit({ type: 'callers.answered', keep: false })
    }),
    endToken: assign({ unusableAt: ({ event }) => event.at }),
    dropEndedToken: assign(step.tokenEnded),
    forget: typed.enqueueActions(({ enqueue }) => {
      enqueue.assign({ ...step.tokenEnded, expired: false, stalled: 0 })
      enqueue.emit({ type: 'invalidated' })
    }),
    moveWithClock: typed.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'clock.set-back')
      const changes = setBack(context, event.byMs)
      enqueue.assign(changes)
      enqueue.emit({ type: 'clock-corrected', byMs: context.clockOffsetMs + event.byMs })
    }),
    trust: assign({ distrusted: false }),

    // Failures
    noteFailureWithToken: assign(({ context, event }) => {
      assertEvent(event, 'attempt.failed')
      return step.failedWithToken(context, event)
    }),
    noteFailureWithoutToken: assign(({ context, event }) => {
      assertEvent(event, 'attempt.failed')
      return step.failedWithoutToken(context, event)
    }),
    giveUp: assign(({ context, event }) => {
      assertEvent(event, 'attempt.failed')
      return step.gaveUp(context, event)
    }),
    tellFailure: typed.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'attempt.failed')
      enqueue.stopChild('attempt')
      const { code, status } = event.failure
      const fact = { type: 'attempt-failed', attempt: context.series?.attempt ?? 1, code } as const
      enqueue.emit(status === undefined ? fact : { ...fact, status })
    }),

    // Callers
    admit: typed.enqueueActions(({ event, enqueue }) => {
      assertEvent(event, 'fetch')
      enqueue.assign({ waiting: true })
      enqueue.emit({ type: 'caller.waits', caller: event.caller })
    }),
    serve: typed.emit(({ event }) => {
      assertEvent(event, 'fetch')
      return { type: 'caller.served', caller: event.caller }
    }),
    refuse: typed.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'fetch')
      const limit = limitAt(context, event.at)
      if (limit) enqueue.emit({ type: 'caller.refused', caller: event.caller, failure: limit.failure })
    }),
    failCallers: typed.enqueueActions(({ context, enqueue }) => {
      if (context.failure) enqueue.emit({ type: 'callers.failed', failure: context.failure })
    }),
    settleWithKeptToken: typed.enqueueActions(({ context, enqueue }) => {
      if (context.failure) enqueue.emit({ type: 'callers.kept', failure: context.failure })
    }),

    // What the lifecycle is told of its surroundings
    noteObserved: assign({ observed: true }),
    noteUnobserved: assign({ observed: false }),
    noteAbandoned: assign({ waiting: false }),
    noteOnline: assign({ online: true }),
    noteOffline: assign({ online: false }),
  },
})
