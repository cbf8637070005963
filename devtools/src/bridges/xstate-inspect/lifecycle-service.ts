import { createMachine, State, toSCXMLEvent } from 'xstate'
import type { TokenRecord } from '../../recorder/record'
import { type LifecycleState, nameOf, stateAfter } from '../lifecycle-state'
import { recordTitle } from '../record-title'
import { chartConfig } from '../token-chart'

type Context = Omit<LifecycleState, 'status'>
type ServiceEvent = { type: string } & Record<string, unknown>

/** The chart alone: its guards are words, and nothing ever runs it. */
const machine = createMachine<Context, ServiceEvent>({
  ...chartConfig('cond'),
  predictableActionArguments: true,
})

type ServiceState = ReturnType<typeof machine.resolveState>

/**
 * A lifecycle as `@xstate/inspect` sees a service of XState 4. It interprets nothing: its records say what state it
 * is in, and what is sent to it from outside it does not take for an event.
 */
export class LifecycleService {
  readonly machine = machine
  readonly id: string
  readonly sessionId: string
  state: ServiceState
  readonly #listeners = new Set<(state: ServiceState) => void>()
  readonly #stopListeners = new Set<() => void>()
  #lifecycle: LifecycleState

  constructor(record: TokenRecord, sessionId: string) {
    this.id = nameOf(record)
    this.sessionId = sessionId
    this.#lifecycle = stateAfter(undefined, record)
    this.state = serviceState(this.#lifecycle, eventOf(record))
  }

  tell(record: TokenRecord): void {
    this.#lifecycle = stateAfter(this.#lifecycle, record)
    const event = eventOf(record)
    this.send(event)
    this.state = serviceState(this.#lifecycle, event)
    for (const listener of this.#listeners) listener(this.state)
  }

  /** The package puts itself in front of this, to tell of an event before its state; it does nothing by itself. */
  send(_event: ServiceEvent): void {}

  subscribe(listener: (state: ServiceState) => void): void {
    this.#listeners.add(listener)
  }

  onStop(listener: () => void): void {
    this.#stopListeners.add(listener)
  }

  stop(): void {
    for (const listener of this.#stopListeners) listener()
  }
}

function serviceState({ status, ...context }: LifecycleState, event: ServiceEvent): ServiceState {
  const _event = toSCXMLEvent<ServiceEvent>(event)
  const bare = machine.resolveState(State.from<Context, ServiceEvent>(status, context))
  return Object.assign(bare, { _event, event, changed: true })
}

const eventOf = (record: TokenRecord): ServiceEvent => ({
  type: recordTitle(record),
  at: record.at,
  sequence: record.sequence,
  ...record.detail,
})
