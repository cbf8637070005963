import { judgeAnswer } from './answer'
import type { TokenContext } from './context'
import type { TokenMachineEvent } from './events'
import { limitAt } from './limits'

type Guard = (args: { context: TokenContext; event: TokenMachineEvent }) => boolean

/** Whether the token is to be renewed without being asked for. */
export const keepsFresh = ({ policy, observed, armed }: TokenContext): boolean =>
  armed && (policy.keepFresh === 'always' || (policy.keepFresh === 'observed' && observed))

const wanted = (context: TokenContext) => keepsFresh(context) || context.waiting
const retryDue = (context: TokenContext, at: number) =>
  context.online && context.retryDueAt !== null && context.retryDueAt <= at

/** Whether an `expiring` token is to be refreshed on time: nothing tried yet, and nothing said no. */
export const refreshesOnTime = (context: TokenContext): boolean =>
  keepsFresh(context) && !context.series && !context.limit && context.failure?.code !== 'refused'

const FINAL_WITHOUT_TOKEN = new Set(['refused', 'rate-limited', 'invalid-response'])

// Facts of the present moment, by the names that the chart shows.
export const guards = {
  forced: ({ event }) => event.type === 'fetch' && event.force,
  limited: ({ context, event }) => limitAt(context, event.at) !== null,
  forcedUnderWay: ({ context }) => context.inFlight && context.series?.force === true,
  forcedSeries: ({ context }) => context.series?.force === true,
  distrusted: ({ context }) => context.distrusted,
  retryWaits: ({ context }) => context.retryDueAt !== null,
  retryDue: ({ context, event }) => retryDue(context, event.at),
  mayAskAgain: ({ context }) => keepsFresh(context),
  wasOffline: ({ context }) => !context.online,
  someoneWaits: ({ context }) => context.waiting,
  wanted: ({ context }) => wanted(context),
  refreshDue: ({ context, event }) => context.view !== null && event.at >= context.view.refreshAt,
  refreshesOnTime: ({ context }) => refreshesOnTime(context),
  hasToken: ({ context }) => context.view !== null,
  tokenEnded: ({ context, event }) => context.view !== null && event.at >= context.unusableAt,
  wasRefused: ({ context }) => context.failure?.code === 'refused',
  limitOver: ({ context, event }) => context.limit !== null && context.limit.until <= event.at,
  current: ({ context, event }) =>
    (event.type === 'attempt.answered' || event.type === 'attempt.failed') &&
    context.inFlight &&
    event.attemptId === context.attemptId,
  deadOnArrival: ({ context, event }) =>
    event.type === 'attempt.answered' && judgeAnswer(context, event).dead,
  final: ({ event }) => event.type === 'attempt.failed' && FINAL_WITHOUT_TOKEN.has(event.failure.code),
  attemptsRemain: ({ context }) => context.failuresWithoutToken + 1 < context.policy.maxAttempts,
} satisfies Record<string, Guard>
