import type { Chart } from './chart'
import { LIMITS } from './limits'
import { readMessage, type Told } from './messages'
import { parseChart } from './parse-chart'
import { isPlainObject, type Plain, type Tamed } from './plain'

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

export type ActorStatus = 'active' | 'done' | 'error' | 'stopped'

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

/** How far back an event is that a snapshot can belong to. */
const WAITING = 5

/** All that one connection told of its machines. */
export interface Feed {
  /** Takes any message; what is neither protocol's is ignored. Returns whether something is new. */
  take(message: unknown, at: number): boolean
  /** The sender is gone: its actors stay, and end. */
  end(at: number): void
  clear(): void
  /** In order of appearance. Actors and entries never change: what is new is a new object. */
  readonly actors: readonly Actor[]
  /** Messages that were left out: of actors beyond the limit, or not understood. */
  readonly ignored: number
}

export type FeedLimits = Readonly<Record<'actors' | 'actorEntries' | 'sourceEntries' | 'sourceSize', number>>

export function createFeed(limits: FeedLimits = LIMITS): Feed {
  let actors = new Map<string, Actor>()
  /** Which actor a session's id means now. */
  const current = new Map<string, string>()
  let sequence = 0
  let incarnation = 0
  let entries = 0
  let size = 0
  let ignored = 0

  const put = (actor: Actor) => actors.set(actor.key, actor)
  const bySession = (session: string | undefined): Actor | undefined => {
    const key = session === undefined ? undefined : current.get(session)
    return key === undefined ? undefined : actors.get(key)
  }

  function add(told: Exclude<Told, { kind: 'stopped' | 'disconnected' }>, at: number, name = told.session) {
    if (actors.size >= limits.actors && !forgetEnded()) {
      ignored += 1
      return undefined
    }
    incarnation += 1
    const actor: Actor = {
      key: `${told.session}~${incarnation}`,
      session: told.session,
      version: told.version,
      name,
      parent: null,
      chart: null,
      status: 'active',
      startedAt: at,
      endedAt: null,
      entries: [],
      dropped: 0,
    }
    current.set(told.session, actor.key)
    put(actor)
    return actor
  }

  /** The actor that ended first makes room. */
  function forgetEnded(): boolean {
    const ended = [...actors.values()].find(({ status }) => status !== 'active')
    if (!ended) return false
    forget(ended)
    return true
  }

  function forget(actor: Actor): void {
    actors.delete(actor.key)
    if (current.get(actor.session) === actor.key) current.delete(actor.session)
    entries -= actor.entries.length
    size -= actor.entries.reduce((sum, entry) => sum + entry.size, 0)
  }

  function append(actor: Actor, entry: Omit<Entry, 'sequence'>): void {
    sequence += 1
    entries += 1
    size += entry.size
    put({ ...actor, entries: [...actor.entries, { sequence, ...entry }] })
    if (actor.entries.length + 1 > limits.actorEntries) dropFrom(actor.key)
    while (entries > 1 && (entries > limits.sourceEntries || size > limits.sourceSize)) dropOldest()
  }

  function dropFrom(key: string): void {
    const actor = actors.get(key)
    const oldest = actor?.entries[0]
    if (!actor || !oldest) return
    entries -= 1
    size -= oldest.size
    put({ ...actor, entries: actor.entries.slice(1), dropped: actor.dropped + 1 })
  }

  function dropOldest(): void {
    let oldest: Actor | undefined
    for (const actor of actors.values()) {
      const first = actor.entries[0]
      if (first && (!oldest?.entries[0] || first.sequence < oldest.entries[0].sequence)) oldest = actor
    }
    if (oldest) dropFrom(oldest.key)
  }

  function takeActor(told: Extract<Told, { kind: 'actor' }>, at: number): void {
    let known = bySession(told.session)
    // XState 4 tells of each service again whenever an inspector connects; what has ended starts anew.
    const again = known !== undefined && known.status !== 'stopped'
    if (!again) known = add(told, at, told.name ?? told.machine)
    if (!known) return
    const chart = parseChart(told.definition) ?? known.chart
    const parent = bySession(told.parent)?.key ?? known.parent
    const actor = { ...known, chart, parent, name: told.name ?? known.name }
    put(actor)
    const snapshot = told.snapshot
    if (!snapshot) return
    const value = stateValue(snapshot.value)
    const last = actor.entries.at(-1)
    if (last && same(last.snapshot, snapshot.value)) return
    put(withStatus(actor, snapshot.value, at))
    const settled = actors.get(actor.key)
    if (!settled) return
    append(settled, {
      at,
      type: '',
      source: null,
      event: null,
      snapshot: snapshot.value,
      before: last ? last.after : value,
      after: value,
      size: snapshot.size,
    })
  }

  function takeEvent(told: Extract<Told, { kind: 'event' }>, at: number): void {
    const actor = bySession(told.session) ?? add(told, at)
    if (!actor) return
    const value = actor.entries.at(-1)?.after ?? null
    append(actor, {
      at,
      type: told.type,
      source: bySession(told.source)?.name ?? null,
      event: told.event.value,
      snapshot: null,
      before: value,
      after: value,
      size: told.event.size,
    })
  }

  function takeSnapshot(told: Extract<Told, { kind: 'snapshot' }>, at: number): void {
    const known = bySession(told.session) ?? add(told, at)
    if (!known) return
    const actor = withStatus(known, told.snapshot.value, at)
    put(actor)
    const after = stateValue(told.snapshot.value)
    const waiting = actor.entries
      .slice(-WAITING)
      .find(({ type, snapshot }) => snapshot === null && type === told.type && type !== '')
    if (waiting) {
      const filled = fill(waiting, told.snapshot, after)
      size += told.snapshot.size
      put({ ...actor, entries: actor.entries.map((entry) => (entry === waiting ? filled : entry)) })
      while (entries > 1 && size > limits.sourceSize) dropOldest()
      return
    }
    const last = actor.entries.at(-1)
    // XState 4 tells the first state when it is registered, and once more when it starts.
    if (
      last &&
      last.type === '' &&
      /^xstate\.init/.test(told.type) &&
      same(last.snapshot, told.snapshot.value)
    )
      return
    append(actor, {
      at,
      type: told.type,
      source: null,
      event: told.event.value,
      snapshot: told.snapshot.value,
      before: last ? last.after : after,
      after,
      size: told.event.size + told.snapshot.size,
    })
  }

  function endAll(at: number): void {
    for (const actor of actors.values()) {
      if (actor.status === 'active') put({ ...actor, status: 'stopped', endedAt: at })
    }
    current.clear()
  }

  return {
    take(message, received) {
      const told = readMessage(message)
      if (!told) {
        ignored += 1
        return false
      }
      if (told.kind === 'disconnected') {
        endAll(received)
        return true
      }
      if (told.kind === 'stopped') {
        const actor = bySession(told.session)
        if (actor && actor.status === 'active') put({ ...actor, status: 'stopped', endedAt: received })
        return actor !== undefined
      }
      // The sender's own time is better where it is plausible: what it kept for us is told late.
      const at = told.at !== null && told.at <= received ? told.at : received
      if (told.kind === 'actor') takeActor(told, at)
      else if (told.kind === 'event') takeEvent(told, at)
      else takeSnapshot(told, at)
      return true
    },
    end: endAll,
    clear() {
      // What is going on stays, with its last step: the next one needs to know what was before it.
      const kept = [...actors.values()].filter(({ status }) => status === 'active')
      actors = new Map(
        kept.map((actor) => [actor.key, { ...actor, entries: actor.entries.slice(-1), dropped: 0 }]),
      )
      for (const [session, key] of current) if (!actors.has(key)) current.delete(session)
      entries = 0
      size = 0
      for (const actor of actors.values()) {
        entries += actor.entries.length
        size += actor.entries.reduce((sum, entry) => sum + entry.size, 0)
      }
      ignored = 0
    },
    get actors() {
      return [...actors.values()]
    },
    get ignored() {
      return ignored
    },
  }
}

const fill = (waiting: Entry, snapshot: Tamed, after: Plain): Entry => ({
  ...waiting,
  snapshot: snapshot.value,
  after,
  before: waiting.before ?? after,
  size: waiting.size + snapshot.size,
})

const stateValue = (snapshot: Plain): Plain => (isPlainObject(snapshot) ? (snapshot.value ?? null) : null)

function withStatus(actor: Actor, snapshot: Plain, at: number): Actor {
  const status = isPlainObject(snapshot) ? snapshot.status : undefined
  if (status !== 'done' && status !== 'error' && status !== 'stopped') return actor
  return { ...actor, status, endedAt: actor.endedAt ?? at }
}

const same = (a: Plain, b: Plain): boolean => JSON.stringify(a) === JSON.stringify(b)
