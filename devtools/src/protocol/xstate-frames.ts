/**
 * The two public inspection protocols, as their frames are kept and shown: the shapes that `@xstate/inspect` 0.8
 * and `@statelyai/inspect` 0.7 write, with nothing in them but the fields named here. What is a string of JSON
 * there is one here. Neither has a sequence number.
 */

/** A service began, or is told again because somebody new listens: the same `sessionId` is the same service. */
export interface ServiceRegister {
  readonly type: 'service.register'
  readonly sessionId: string
  /** The service's id; absent when it is told again. */
  readonly id?: string
  /** The `sessionId` of its parent. */
  readonly parent?: string
  /** JSON of the machine's definition: `{ id, initial, states, on, … }`. */
  readonly machine: string
  /** JSON of the state: `{ value, context, event, … }`. */
  readonly state: string
}

/** Told before the service handles it. */
export interface ServiceEvent {
  readonly type: 'service.event'
  readonly sessionId: string
  /** JSON of an SCXML event: `{ name, data, … }`. */
  readonly event: string
}

export interface ServiceState {
  readonly type: 'service.state'
  readonly sessionId: string
  /** JSON, as in `service.register`. */
  readonly state: string
}

export interface ServiceStop {
  readonly type: 'service.stop'
  readonly sessionId: string
}

/** Protocol 'xstate-4'. */
export type XState4Frame = ServiceRegister | ServiceEvent | ServiceState | ServiceStop

interface Inspection {
  /** Of the actor that it is about. */
  readonly sessionId: string
  /** ms since the epoch, as a string of digits; late by an idle callback. */
  readonly createdAt: string
  /** The version of the package that wrote it. */
  readonly _version: string
  readonly id: string | null
  readonly rootId?: string
}

export interface InspectedActor extends Inspection {
  readonly type: '@xstate.actor'
  readonly name: string
  /** JSON of the machine's config; of `{ id }` when the actor is no machine. */
  readonly definition?: string
  readonly parentId?: string
  /** `{ status, value, context, … }`. */
  readonly snapshot?: unknown
}

export interface InspectedEvent extends Inspection {
  readonly type: '@xstate.event'
  readonly event: { readonly type: string; readonly [field: string]: unknown }
  readonly sourceId?: string
}

export interface InspectedSnapshot extends Inspection {
  readonly type: '@xstate.snapshot'
  readonly event: InspectedEvent['event']
  readonly snapshot?: unknown
}

/** Protocol 'xstate-5'. */
export type XState5Frame = InspectedActor | InspectedEvent | InspectedSnapshot
