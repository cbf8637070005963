import { inspect } from 'node:util'
import type { Taken } from './exploration'

/** The rules that a step broke: facts of a snapshot that must agree with one another. */
export function broken({ state, event, next: { value, context } }: Taken): string[] {
  const holding = ['valid', 'expiring', 'refreshing'].includes(value)
  const asking = ['fetching', 'refreshing'].includes(value)
  const rules: Record<string, boolean> = {
    'a view just where a token is usable': holding === (context.view !== null),
    'in flight only in fetching and refreshing': asking || !context.inFlight,
    'refreshing is to be in flight': value !== 'refreshing' || context.inFlight,
    'fetching is in flight or waits for a retry':
      value !== 'fetching' || context.inFlight || context.retryDueAt !== null,
    'no retry waits beside an attempt': !context.inFlight || context.retryDueAt === null,
    'an attempt has a series': !context.inFlight || context.series !== null,
    'nobody waits where nothing happens': !['idle', 'failed'].includes(value) || !context.waiting,
    'no series where nothing happens': !['idle', 'failed'].includes(value) || context.series === null,
    'failed says why': value !== 'failed' || context.failure !== null,
    'distrust is of a token': holding || !context.distrusted,
    'ten attempts are remembered at most': context.recentAttempts.length <= 10,
    'ordinals only grow': context.lastOrdinal >= state.context.lastOrdinal,
    'attempt numbers only grow': context.attemptId >= state.context.attemptId,
  }
  return Object.entries(rules)
    .filter(([, holds]) => !holds)
    .map(([rule]) => `${rule}: ${state.value} ${inspect(event, { compact: true })} ${value}`)
}
