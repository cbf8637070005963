/** What a state may lead to: for each event the targets, the first whose guard holds; without a guard any time. */
type Transitions = Readonly<Record<string, readonly { readonly target: string; readonly guard?: string }[]>>

const resting: Transitions = {
  fetch: [{ target: 'failed', guard: 'limited' }, { target: 'fetching' }],
  tick: [{ target: 'fetching', guard: 'limitOver and mayAskAgain' }],
  wake: [{ target: 'fetching', guard: 'mayAskAgain and not limited' }],
  online: [{ target: 'fetching', guard: 'wasOffline and mayAskAgain and not limited' }],
}

const tokenEnds = [
  { target: 'idle', guard: 'tokenEnded and not wanted' },
  { target: 'failed', guard: 'tokenEnded and wasRefused' },
  { target: 'failed', guard: 'tokenEnded and limited' },
  { target: 'fetching', guard: 'tokenEnded and retryWaits and not retryDue' },
  { target: 'fetching', guard: 'tokenEnded' },
]

const newerWanted = [
  { target: 'refreshing', guard: 'forced' },
  { target: 'refreshing', guard: 'distrusted' },
]

const retryDue = { target: 'refreshing', guard: 'retryDue' }
const backOnline = [{ target: 'refreshing', guard: 'wasOffline and retryWaits and not limited' }]

/**
 * The chart of `tokenMachine`: its states and what leads from one to another, as data. A copy, so that a bridge
 * carries no machine, and so that nothing but these words can be in what it sends.
 */
export const tokenChart: {
  readonly id: string
  readonly initial: string
  /** From every state. */
  readonly on: Transitions
  readonly states: Readonly<Record<string, Transitions>>
} = {
  id: 'token',
  initial: 'idle',
  on: {
    invalidate: [
      { target: 'failed', guard: 'someoneWaits and limited' },
      { target: 'fetching', guard: 'someoneWaits' },
      { target: 'idle' },
    ],
  },
  states: {
    idle: resting,
    failed: resting,
    fetching: {
      'attempt.answered': [
        { target: 'idle', guard: 'current and deadOnArrival' },
        { target: 'valid', guard: 'current' },
      ],
      'attempt.failed': [
        { target: 'failed', guard: 'current and final' },
        { target: 'idle', guard: 'current and not wanted' },
        { target: 'failed', guard: 'current' },
      ],
      tick: [{ target: 'failed', guard: 'retryDue and limited' }],
    },
    valid: {
      fetch: newerWanted,
      tick: [...tokenEnds, retryDue, { target: 'expiring', guard: 'refreshDue' }],
      online: backOnline,
    },
    expiring: {
      fetch: [...newerWanted, { target: 'refreshing', guard: 'not retryWaits and not limited' }],
      tick: [...tokenEnds, retryDue, { target: 'refreshing', guard: 'refreshesOnTime' }],
      online: backOnline,
    },
    refreshing: {
      'attempt.answered': [
        { target: 'valid', guard: 'current and deadOnArrival' },
        { target: 'valid', guard: 'current' },
      ],
      'attempt.failed': [
        { target: 'expiring', guard: 'current and refreshDue' },
        { target: 'valid', guard: 'current' },
      ],
      tick: [{ target: 'fetching', guard: 'tokenEnded' }],
    },
  },
}

/** The chart as a machine's config. A guard is called `guard` in XState 5, `cond` in XState 4. */
export function chartConfig(guardKey: 'guard' | 'cond') {
  const transitions = (on: Transitions, prefix: string) =>
    Object.fromEntries(
      Object.entries(on).map(([event, targets]) => [
        event,
        targets.map(({ target, guard }) => ({
          target: `${prefix}${target}`,
          ...(guard ? { [guardKey]: guard } : {}),
        })),
      ]),
    )
  return {
    id: tokenChart.id,
    initial: tokenChart.initial,
    on: transitions(tokenChart.on, '.'),
    states: Object.fromEntries(
      Object.entries(tokenChart.states).map(([name, on]) => [name, { on: transitions(on, '') }]),
    ),
  }
}
