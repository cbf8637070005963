import type { Actor, Entry } from './actor'
import { LIMITS } from './limits'
import type { Told } from './messages'

export type FeedLimits = Readonly<
  Record<'actors' | 'turnedAway' | 'actorEntries' | 'sourceEntries' | 'sourceSize', number>
>

/** The actors of one connection and their entries, bounded: what is oldest, or ended first, makes room. */
export class ActorTable {
  readonly #limits: FeedLimits
  #actors = new Map<string, Actor>()
  /** Which actor a session's id means now. */
  readonly #current = new Map<string, string>()
  #sequence = 0
  #incarnation = 0
  #entries = 0
  #size = 0
  /** The sessions of actors that there was no room for. */
  readonly #turnedAway = new Set<string>()

  constructor(limits: FeedLimits = LIMITS) {
    this.#limits = limits
  }

  /** In order of appearance. */
  get actors(): readonly Actor[] {
    return [...this.#actors.values()]
  }

  /** How many actors are not here, as there was no room for them. */
  get turnedAway(): number {
    return this.#turnedAway.size
  }

  /** As it is now. */
  get(key: string): Actor | undefined {
    return this.#actors.get(key)
  }

  bySession(session: string | undefined): Actor | undefined {
    const key = session === undefined ? undefined : this.#current.get(session)
    return key === undefined ? undefined : this.#actors.get(key)
  }

  put(actor: Actor): void {
    this.#actors.set(actor.key, actor)
  }

  /** A new actor; undefined when there is no room for one. */
  add(
    { session, version }: Pick<Told & { kind: 'event' }, 'session' | 'version'>,
    at: number,
    name = session,
  ) {
    if (this.#actors.size >= this.#limits.actors && !this.#forgetEnded()) {
      if (this.#turnedAway.size < this.#limits.turnedAway) this.#turnedAway.add(session)
      return undefined
    }
    this.#turnedAway.delete(session)
    this.#incarnation += 1
    const actor: Actor = {
      key: `${session}~${this.#incarnation}`,
      session,
      version,
      name,
      parent: null,
      chart: null,
      status: 'active',
      startedAt: at,
      endedAt: null,
      entries: [],
      dropped: 0,
    }
    this.#current.set(session, actor.key)
    this.put(actor)
    return actor
  }

  append(actor: Actor, entry: Omit<Entry, 'sequence'>): void {
    this.#sequence += 1
    this.#entries += 1
    this.#size += entry.size
    this.put({ ...actor, entries: [...actor.entries, { sequence: this.#sequence, ...entry }] })
    if (actor.entries.length + 1 > this.#limits.actorEntries) this.#dropFrom(actor.key)
    this.#makeRoom()
  }

  /** Puts a fuller entry in the place of one. */
  replace(actor: Actor, entry: Entry, fuller: Entry): void {
    this.#size += fuller.size - entry.size
    const entries = [...actor.entries]
    entries[entries.lastIndexOf(entry)] = fuller
    this.put({ ...actor, entries })
    this.#makeRoom()
  }

  /** Nobody tells of them any longer. */
  loseAll(at: number): void {
    for (const actor of this.#actors.values()) {
      if (actor.status === 'active') this.put({ ...actor, status: 'lost', endedAt: at })
    }
  }

  /** A session that comes again is another actor: the app was loaded anew. */
  startAnew(): void {
    this.#current.clear()
  }

  /** What is going on stays, with its last step: the next one needs to know what was before it. */
  clear(): void {
    const kept = this.actors.filter(({ status }) => status === 'active')
    this.#actors = new Map(
      kept.map((actor) => [actor.key, { ...actor, entries: actor.entries.slice(-1), dropped: 0 }]),
    )
    this.#turnedAway.clear()
    for (const [session, key] of this.#current) if (!this.#actors.has(key)) this.#current.delete(session)
    const entries = this.actors.flatMap((actor) => actor.entries)
    this.#entries = entries.length
    this.#size = sizeOf(entries)
  }

  #makeRoom(): void {
    const { sourceEntries, sourceSize } = this.#limits
    while (this.#entries > 1 && (this.#entries > sourceEntries || this.#size > sourceSize)) this.#dropOldest()
  }

  /** The actor that ended first makes room. */
  #forgetEnded(): boolean {
    const ended = this.actors.find(({ status }) => status !== 'active')
    if (!ended) return false
    this.#actors.delete(ended.key)
    if (this.#current.get(ended.session) === ended.key) this.#current.delete(ended.session)
    this.#entries -= ended.entries.length
    this.#size -= sizeOf(ended.entries)
    return true
  }

  #dropOldest(): void {
    let oldest: Actor | undefined
    for (const actor of this.#actors.values()) {
      const first = actor.entries[0]
      if (first && (!oldest?.entries[0] || first.sequence < oldest.entries[0].sequence)) oldest = actor
    }
    if (oldest) this.#dropFrom(oldest.key)
  }

  #dropFrom(key: string): void {
    const actor = this.#actors.get(key)
    const oldest = actor?.entries[0]
    if (!actor || !oldest) return
    this.#entries -= 1
    this.#size -= oldest.size
    this.put({ ...actor, entries: actor.entries.slice(1), dropped: actor.dropped + 1 })
  }
}

const sizeOf = (entries: readonly Entry[]) => entries.reduce((sum, { size }) => sum + size, 0)
