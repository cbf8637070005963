import { valueLabel } from './active-states'
import type { Actor, Entry } from './actor'

/** A stretch of time in one state. */
export interface Segment {
  readonly label: string
  /** ms since the epoch. */
  readonly from: number
  readonly to: number
}

export interface Tick {
  readonly entry: Entry
  readonly at: number
}

export interface Lane {
  readonly actor: Actor
  readonly segments: readonly Segment[]
  readonly ticks: readonly Tick[]
}

export interface Timeline {
  readonly from: number
  readonly to: number
  readonly lanes: readonly Lane[]
}

/** What an actor without states is in: its status. */
const NO_STATE = 'active'
const SHORTEST_MS = 50

export function timelineOf(actors: readonly Actor[], now: number): Timeline {
  const times = actors.flatMap(({ entries, startedAt }) => [entries[0]?.at ?? startedAt])
  const from = Math.min(now, ...times)
  const live = actors.some(({ status }) => status === 'active')
  const last = Math.max(
    from,
    ...actors.flatMap(({ entries, endedAt }) => [entries.at(-1)?.at ?? 0, endedAt ?? 0]),
  )
  const to = Math.max(live ? now : last, last, from + SHORTEST_MS)
  return { from, to, lanes: actors.map((actor) => laneOf(actor, to)) }
}

/** Marks and stretches that can be told apart in a lane: some 5 px each, on a wide screen. */
const PLACES = 160

/** As many stretches as there are places: those that begin in the same one are drawn as one, named by the last. */
export function coarse(
  segments: readonly Segment[],
  { from, to }: Pick<Timeline, 'from' | 'to'>,
  places = PLACES,
): readonly Segment[] {
  const kept: Segment[] = []
  let lastPlace = -1
  for (const segment of segments) {
    const place = Math.floor(((segment.from - from) / (to - from)) * places)
    const shared = place === lastPlace ? kept.pop() : undefined
    kept.push(shared ? { ...segment, from: shared.from } : segment)
    lastPlace = place
  }
  return kept
}

/** As many marks as there are places: of those that share one, the chosen one or else the latest. */
export function thinned(
  ticks: readonly Tick[],
  { from, to }: Pick<Timeline, 'from' | 'to'>,
  chosen: number | null,
  places = PLACES,
): ReadonlyMap<number, Tick> {
  const kept = new Map<number, Tick>()
  for (const tick of ticks) {
    const place = Math.round(((tick.at - from) / (to - from)) * places)
    if (kept.get(place)?.entry.sequence !== chosen || chosen === null) kept.set(place, tick)
  }
  return kept
}

function laneOf(actor: Actor, now: number): Lane {
  const segments: { label: string; from: number; to: number }[] = []
  const ticks: Tick[] = []
  for (const entry of actor.entries) {
    const label = valueLabel(entry.after) || NO_STATE
    const open = segments.at(-1)
    // A clock may be set back meanwhile; a lane only goes on.
    const at = Math.max(entry.at, open?.from ?? entry.at)
    if (!open) segments.push({ label, from: at, to: at })
    else if (open.label !== label) {
      open.to = at
      segments.push({ label, from: at, to: at })
    }
    if (entry.type !== '') ticks.push({ entry, at })
  }
  const open = segments.at(-1)
  if (open) open.to = Math.max(open.from, actor.endedAt ?? now)
  return { actor, segments, ticks }
}
