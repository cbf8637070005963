import type { Actor, Entry } from './actor'
import { ActorTable, type FeedLimits } from './actor-table'
import { readMessage, type Told } from './messages'
import { parseChart } from './parse-chart'
import { isPlainObject, type Plain, type Tamed } from './plain'

/** How far back an event is that a snapshot can belong to. */
const WAITING = 5

/** All that one connection told of its machines. */
export interface Feed {
  /** Takes any message; what is neither protocol's is ignored. Returns whether something is new. */
  take(message: unknown, at: number): boolean
  /** The connection has ended: its actors stay as they were last. */
  lose(at: number): void
  clear(): void
  /** In order of appearance. Actors and entries never change: what is new is a new object. */
  readonly actors: readonly Actor[]
  /** Messages that were left out: of actors beyond the limit, or not understood. */
  readonly ignored: number
  /** Actors that are not shown, as there are too many. */
  readonly turnedAway: number
}

export function createFeed(limits?: FeedLimits): Feed {
  const table = new ActorTable(limits)
  let ignored = 0

  function add(told: Exclude<Told, { kind: 'stopped' | 'disconnected' }>, at: number, name?: string) {
    const added = table.add(told, at, name)
    if (!added) ignored += 1
    return added
  }

  function takeActor(told: Extract<Told, { kind: 'actor' }>, at: number): void {
    let known = table.bySession(told.session)
    // XState 4 tells of each service again whenever an inspector connects; what has ended starts anew.
    const again = known !== undefined && known.status !== 'stopped'
    if (!again) known = add(told, at, told.name ?? told.machine)
    if (!known) return
    const chart = parseChart(told.definition) ?? known.chart
    const parent = table.bySession(told.parent)?.key ?? known.parent
    const actor = { ...known, chart, parent, name: told.name ?? known.name }
    table.put(actor)
    const snapshot = told.snapshot
    if (!snapshot) return
    const value = stateValue(snapshot.value)
    const last = actor.entries.at(-1)
    if (last && same(last.snapshot, snapshot.value)) return
    table.put(withStatus(actor, snapshot.value, at))
    const settled = table.get(actor.key)
    if (!settled) return
    table.append(settled, {
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
    const actor = table.bySession(told.session) ?? add(told, at)
    if (!actor) return
    const value = actor.entries.at(-1)?.after ?? null
    table.append(actor, {
      at,
      type: told.type,
      source: table.bySession(told.source)?.name ?? null,
      event: told.event.value,
      snapshot: null,
      before: value,
      after: value,
      size: told.event.size,
    })
  }

  function takeSnapshot(told: Extract<Told, { kind: 'snapshot' }>, at: number): void {
    const known = table.bySession(told.session) ?? add(told, at)
    if (!known) return
    const actor = withStatus(known, told.snapshot.value, at)
    table.put(actor)
    const after = stateValue(told.snapshot.value)
    const waiting = actor.entries
      .slice(-WAITING)
      .find(({ type, snapshot }) => snapshot === null && type === told.type && type !== '')
    if (waiting) {
      table.replace(actor, waiting, fill(waiting, told.snapshot, after))
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
    table.append(actor, {
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

  return {
    take(message, received) {
      const told = readMessage(message)
      if (!told) {
        ignored += 1
        return false
      }
      if (told.kind === 'disconnected') {
        table.loseAll(received)
        table.startAnew()
        return true
      }
      if (told.kind === 'stopped') {
        const actor = table.bySession(told.session)
        if (actor && actor.status === 'active') table.put({ ...actor, status: 'stopped', endedAt: received })
        return actor !== undefined
      }
      // The sender's own time is better where it is plausible: what it kept for us is told late.
      const at = told.at !== null && told.at <= received ? told.at : received
      if (told.kind === 'actor') takeActor(told, at)
      else if (told.kind === 'event') takeEvent(told, at)
      else takeSnapshot(told, at)
      return true
    },
    lose: (at) => table.loseAll(at),
    clear() {
      table.clear()
      ignored = 0
    },
    get actors() {
      return table.actors
    },
    get ignored() {
      return ignored
    },
    get turnedAway() {
      return table.turnedAway
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
