import {
  nextDeadline,
  type TokenContext,
  type TokenMachineEvent,
  type TokenPolicy,
  tokenMachine,
} from 'livekit-token-store/machine'
import { type ActorLogic, initialTransition, type SnapshotFrom, transition } from 'xstate'
import { adjacencyMapToArray, getAdjacencyMap } from 'xstate/graph'
import { limitAt, soonestRetry } from '../../machines/limits'
import { START } from '../helpers/clock'
import { answered, failed } from './context'

export type TokenSnapshot = SnapshotFrom<typeof tokenMachine>

const HOUR = 3_600_000

/** What may happen to the machine in that state at that moment. */
export function alphabet({ value, context }: TokenSnapshot, now: number): TokenMachineEvent[] {
  const { attemptId } = context
  const deadline = nextDeadline(value, context)
  const at = { at: now }
  const from = { at: now, attemptId }
  const lifetime = (ms: number) => ({ notBefore: now, expiresAt: now + ms })
  return [
    { type: 'fetch', caller: 1, force: false, ...at },
    { type: 'fetch', caller: 2, force: true, ...at },
    { type: 'abandon', ...at },
    { type: 'observe', ...at },
    { type: 'unobserve', ...at },
    { type: 'wake', ...at },
    { type: 'online', ...at },
    { type: 'offline', ...at },
    { type: 'invalidate', ...at },
    { type: 'expire', ...at },
    { type: 'tick', ...at },
    ...(deadline === null ? [] : [{ type: 'tick' as const, at: Math.max(now, deadline) }]),
    // A timer may be very late.
    ...(context.view ? [{ type: 'tick' as const, at: Math.max(now, context.unusableAt) }] : []),
    { type: 'clock.set-back', byMs: HOUR, at: now - HOUR },
    answered(lifetime(600_000), from),
    answered(lifetime(20_000), from),
    answered(lifetime(-1), from),
    answered(lifetime(600_000), { at: now, attemptId: attemptId - 1 }),
    failed({}, from),
    failed({ code: 'refused' }, from),
    failed({ code: 'rate-limited' }, from),
    failed({ code: 'rate-limited', retryAt: now + HOUR }, from),
    failed({}, { at: now, attemptId: attemptId - 1 }),
  ]
}

/**
 * All that decides what may happen next, without the numbers that make each state another one: of the moments it
 * keeps only their order.
 */
export function essence({ value, context }: TokenSnapshot, now: number): string {
  const { view, recentAttempts, limit } = context
  const moments: [string, number | null | undefined][] = [
    ['now', now],
    ['refresh', view?.refreshAt],
    ['end', view && context.unusableAt],
    ['retry', context.retryDueAt],
    ['limit', limit?.until],
    ['storm', limitAt({ limit: null, recentAttempts }, now)?.until],
    ['reserve', soonestRetry(context, now)],
  ]
  const order = moments
    .filter((moment): moment is [string, number] => typeof moment[1] === 'number')
    .sort(([, a], [, b]) => a - b)
  return JSON.stringify([
    value,
    order.map(([name, at]) => (at === now ? `${name}=now` : name)),
    Math.max(8, recentAttempts.length),
    context.series?.force,
    context.inFlight,
    context.failure?.code === 'refused',
    context.failuresWithoutToken,
    context.distrusted,
    context.observed,
    context.waiting,
    context.online,
    context.armed,
  ])
}

/** A place to start from: a snapshot, its moment, and how it came about. */
export interface Start {
  readonly state: TokenSnapshot
  readonly now: number
  readonly policy: Partial<TokenPolicy>
  readonly events: readonly TokenMachineEvent[]
}

/** The place after those events; the first state when there are none. */
export function after(policy: Partial<TokenPolicy>, ...events: readonly TokenMachineEvent[]): Start {
  let [state] = initialTransition(tokenMachine, policy)
  for (const event of events) [state] = transition(tokenMachine, state, event)
  return { state, now: events.at(-1)?.at ?? START, policy, events }
}

/** How `xstate/graph` is to walk from there, through time as well. */
export function walk({ state: fromState, now: begin }: Start) {
  const clock = new WeakMap<TokenContext, number>()
  let now = begin
  return {
    fromState,
    serializeState(state: TokenSnapshot, event: { at?: number } | undefined) {
      // Asked for each state just before its events are.
      now = event?.at ?? clock.get(state.context) ?? begin
      clock.set(state.context, now)
      return essence(state, now)
    },
    events: (state: TokenSnapshot) => alphabet(state, now),
  }
}

export interface Taken {
  readonly state: TokenSnapshot
  readonly event: TokenMachineEvent
  readonly next: TokenSnapshot
}

// The machine is such a logic; its own type is too rich to be inferred as one.
const logic = tokenMachine as unknown as ActorLogic<TokenSnapshot, TokenMachineEvent, Partial<TokenPolicy>>

/** Each state that can be reached from there, by its essence, as it is when it is first reached. */
export const adjacency = (start: Start) => getAdjacencyMap(logic, walk(start))

/** Every step that can be taken from there, each state looked at once. */
export const steps = (start: Start): Taken[] =>
  adjacencyMapToArray(adjacency(start)).map(({ state, event, nextState }) => ({
    state,
    event,
    next: nextState,
  }))

/** Every transition of the chart by a name for it: the state, the event, and which of its alternatives. */
export function transitionsOfChart(): Map<unknown, string> {
  const names = new Map<unknown, string>()
  for (const node of [tokenMachine.root, ...Object.values(tokenMachine.states)])
    for (const [type, alternatives] of node.transitions)
      for (const [index, definition] of alternatives.entries())
        names.set(definition, `${node.key} ${type} ${index}`)
  return names
}
