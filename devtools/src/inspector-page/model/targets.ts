import type { PlainObject } from './plain'

/** A state as it was sent, on the way to a chart. */
export interface Node {
  readonly index: number
  readonly key: string
  readonly path: readonly string[]
  readonly parent: Node | null
  readonly config: PlainObject
  /** Its own id, or the one XState gives it: the machine's and the path, with dots. */
  readonly id: string
  readonly children: Map<string, Node>
}

/** Finds the state that a transition's target names; null when there is none. */
export function targetFinder(nodes: readonly Node[]): (source: Node, target: string) => number | null {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const root = nodes[0]

  const below = (from: Node | undefined, keys: readonly string[]): Node | undefined => {
    let at = from
    for (const key of keys) at = at?.children.get(key)
    return at
  }

  /** `#id`, or `#id.of.a.descendant`: an id may have dots of its own, so the longest one wins. */
  const byAbsolute = (text: string): Node | undefined => {
    const parts = text.split('.')
    for (let taken = parts.length; taken > 0; taken -= 1) {
      const node = byId.get(parts.slice(0, taken).join('.'))
      const found = node && below(node, parts.slice(taken))
      if (found) return found
    }
    return undefined
  }

  return (source, target) => {
    const found = target.startsWith('#')
      ? byAbsolute(target.slice(1))
      : target.startsWith('.')
        ? below(source, keysOf(target.slice(1)))
        : // A sibling; the root has none, so its targets are its children.
          below(source.parent ?? root, keysOf(target))
    return found?.index ?? null
  }
}

/** The keys of a path; a dot of a key's own is escaped. */
const keysOf = (path: string): string[] => path.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'))
