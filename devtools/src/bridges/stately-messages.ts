import { isLast, type TokenRecord } from '../recorder/record'
import { type LifecycleState, nameOf } from './lifecycle-state'
import { recordTitle } from './record-title'
import { chartConfig } from './token-chart'

/** The protocol is that of this version of `@statelyai/inspect`; receivers only ask that there is one. */
const VERSION = '0.7.2'

/** A lifecycle in the protocol's eyes: the snapshot of an actor. */
interface StatelySnapshot {
  readonly status: 'active' | 'stopped'
  readonly value: LifecycleState['status']
  readonly context: Omit<LifecycleState, 'status'>
  readonly children: Record<string, never>
  readonly historyValue: Record<string, never>
  readonly tags: readonly never[]
}

interface Stamp {
  readonly _version: string
  /** ms since the epoch, as text. */
  readonly createdAt: string
  readonly id: string
  readonly sessionId: string
  readonly rootId: string
}

type StatelyEvent = { readonly type: string } & Readonly<Record<string, unknown>>

/** What is sent, of XState 5's inspection protocol. */
export type StatelyMessage =
  | (Stamp & {
      readonly type: '@xstate.actor'
      readonly name: string
      readonly definition: string
      readonly snapshot: StatelySnapshot
    })
  | (Stamp & { readonly type: '@xstate.event'; readonly event: StatelyEvent })
  | (Stamp & {
      readonly type: '@xstate.snapshot'
      readonly event: StatelyEvent
      readonly snapshot: StatelySnapshot
    })

const definition = JSON.stringify(chartConfig('guard'))

/** Introduces a lifecycle, as it is at that record. */
export function actorMessage(record: TokenRecord, state: LifecycleState, sessionId: string): StatelyMessage {
  const snapshot = snapshotOf(state, 'active')
  const name = nameOf(record)
  return { type: '@xstate.actor', ...stamp(record, sessionId, 'actor'), name, definition, snapshot }
}

/** What happened, and what became of it. */
export function recordMessages(
  record: TokenRecord,
  state: LifecycleState,
  sessionId: string,
): readonly StatelyMessage[] {
  const event = eventOf(record)
  const snapshot = snapshotOf(state, isLast(record) ? 'stopped' : 'active')
  return [
    { type: '@xstate.event', ...stamp(record, sessionId, 'event'), event },
    { type: '@xstate.snapshot', ...stamp(record, sessionId, 'snapshot'), event, snapshot },
  ]
}

const eventOf = (record: TokenRecord): StatelyEvent => ({
  type: recordTitle(record),
  lifecycle: nameOf(record),
  at: record.at,
  sequence: record.sequence,
  ...record.detail,
})

function snapshotOf(state: LifecycleState, status: StatelySnapshot['status']): StatelySnapshot {
  const { status: value, ...context } = state
  return { status, value, context, children: {}, historyValue: {}, tags: [] }
}

/** No two messages have the same id, so that who hears one twice can tell. */
const stamp = (record: TokenRecord, sessionId: string, kind: string): Stamp => ({
  _version: VERSION,
  createdAt: String(record.at),
  id: `${sessionId}:${record.sequence}:${kind}`,
  sessionId,
  rootId: sessionId,
})
