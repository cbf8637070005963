import type { Chart } from './chart'
import type { Plain } from './plain'

/** One step of an actor: an event, and the snapshot it led to. */
export interface Entry {
  /** +1 an entry over all actors of a feed, from 1. */
  readonly sequence: number
  /** ms since the epoch. */
  readonly at: number
  /** The event's type; '' for the snapshot an actor was found with. */
  readonly type: string
  /** The name of the actor that sent the event; null when it is not known. */
  readonly source: string | null
  readonly event: Plain
  /** Null until it is told, and when it never is. */
  readonly snapshot: Plain
  /** The state's value before and after. Null for actors without states. */
  readonly before: Plain
  readonly after: Plain
  readonly size: number
}

/** 'lost': its connection ended while it was active; what it does since then is not known here. */
export type ActorStatus = 'active' | 'done' | 'error' | 'stopped' | 'lost'

export interface Actor {
  /** Of this actor alone: a session's id comes again when an app is loaded anew. */
  readonly key: string
  readonly session: string
  readonly version: 4 | 5
  readonly name: string
  /** Another actor's key. */
  readonly parent: string | null
  /** Null for an actor without a machine: a promise, a callback, … */
  readonly chart: Chart | null
  readonly status: ActorStatus
  /** ms since the epoch. */
  readonly startedAt: number
  readonly endedAt: number | null
  readonly entries: readonly Entry[]
  /** How many entries made room for newer ones. */
  readonly dropped: number
}
