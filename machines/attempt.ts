import { fromCallback, type NonReducibleUnknown } from 'xstate'
import type { AttemptInput } from './events'

/**
 * One call of the fetcher, as an actor that the lifecycle starts and stops: being stopped means being aborted.
 * This one only stands in for it: the store provides one that asks, and in a visualiser you send
 * `attempt.answered` or `attempt.failed` by hand.
 */
export const attempt = fromCallback<{ type: string }, AttemptInput & NonReducibleUnknown>(() => undefined)

export type AttemptLogic = typeof attempt
