import type { Actor } from './actor'

export interface Relative {
  readonly actor: Actor
  /** 0 for one without a parent. */
  readonly depth: number
}

/** What is going on first, then what ended last: an app may have had hundreds that are over. */
export function liveFirst(actors: readonly Actor[]): readonly Actor[] {
  const ended = actors.filter(({ endedAt }) => endedAt !== null).reverse()
  return [
    ...actors.filter(({ endedAt }) => endedAt === null),
    // Of those that ended in the same moment, the one that came last.
    ...ended.sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0)),
  ]
}

/** Actors with each one's children after it, those that are going on first. A parent that is its own descendant counts as none. */
export function family(actors: readonly Actor[]): readonly Relative[] {
  const known = new Set(actors.map(({ key }) => key))
  const children = new Map<string | null, Actor[]>()
  for (const actor of liveFirst(actors)) {
    const parent = actor.parent !== null && known.has(actor.parent) ? actor.parent : null
    const siblings = children.get(parent)
    if (siblings) siblings.push(actor)
    else children.set(parent, [actor])
  }
  const told: Relative[] = []
  const done = new Set<string>()
  const tell = (actor: Actor, depth: number): void => {
    if (done.has(actor.key)) return
    done.add(actor.key)
    told.push({ actor, depth })
    for (const child of children.get(actor.key) ?? []) tell(child, depth + 1)
  }
  for (const actor of children.get(null) ?? []) tell(actor, 0)
  for (const actor of actors) tell(actor, 0)
  return told
}

/** The actor, and all below it. */
export function descendants(actors: readonly Actor[], key: string): readonly Actor[] {
  const all = family(actors)
  const at = all.findIndex(({ actor }) => actor.key === key)
  const own = all[at]
  if (!own) return []
  const end = all.findIndex(({ depth }, index) => index > at && depth <= own.depth)
  return all.slice(at, end === -1 ? undefined : end).map(({ actor }) => actor)
}
