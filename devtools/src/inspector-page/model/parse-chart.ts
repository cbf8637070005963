import type { Chart, ChartState, ChartTransition, StateKind } from './chart'
import { eventLabel } from './event-label'
import { LIMITS } from './limits'
import { isPlainList, isPlainObject, nameOf, type Plain, type PlainObject, textOf } from './plain'
import { type Node, targetFinder } from './targets'

/**
 * A machine as it was sent: XState 4's `machine.definition`, where each transition says its event and has absolute
 * targets, or XState 5's `logic.config`, as its author wrote it. Null when there is no machine in it.
 */
export function parseChart(definition: Plain | undefined): Chart | null {
  if (!isPlainObject(definition) || !isPlainObject(definition.states)) return null
  const name = nameOf(definition.id, '(machine)') || '(machine)'
  const { nodes, cut } = nodesOf(definition, name)
  if (nodes.length < 2) return null
  const find = targetFinder(nodes)
  const transitions: ChartTransition[] = []
  let left = LIMITS.transitions
  for (const node of nodes) {
    for (const { event, config } of transitionsOf(node)) {
      left -= 1
      if (left < 0) break
      transitions.push({
        index: transitions.length,
        source: node.index,
        targets: targetsOf(config).flatMap((target) => find(node, target) ?? []),
        event,
        label: eventLabel(event),
        guard: guardOf(config),
        actions: namesOf(isPlainObject(config) ? config.actions : undefined),
      })
    }
  }
  return { name, states: nodes.map(stateOf), transitions, cut: cut || left < 0 }
}

function nodesOf(definition: PlainObject, name: string): { nodes: Node[]; cut: boolean } {
  const root = nodeOf(definition, { index: 0, key: name, path: [], parent: null, machine: name })
  const nodes = [root]
  let cut = false
  const walk = (node: Node) => {
    const states = node.config.states
    if (!isPlainObject(states)) return
    if (node.path.length >= LIMITS.levels) {
      cut ||= Object.keys(states).length > 0
      return
    }
    for (const [key, config] of Object.entries(states)) {
      if (nodes.length >= LIMITS.states) {
        cut = true
        return
      }
      // A sender that cuts off what lies deep leaves a word there: the state is known, what is in it is not.
      if (!isPlainObject(config)) cut = true
      const child = nodeOf(isPlainObject(config) ? config : {}, {
        index: nodes.length,
        key: nameOf(key),
        path: [...node.path, nameOf(key)],
        parent: node,
        machine: name,
      })
      nodes.push(child)
      node.children.set(key, child)
      walk(child)
    }
  }
  walk(root)
  return { nodes, cut }
}

function nodeOf(
  config: PlainObject,
  place: { index: number; key: string; path: string[]; parent: Node | null; machine: string },
): Node {
  const { machine, ...rest } = place
  return {
    ...rest,
    config,
    id: textOf(config.id) ?? [machine, ...place.path].join('.'),
    children: new Map(),
  }
}

function stateOf(node: Node): ChartState {
  const { config, children } = node
  return {
    index: node.index,
    key: node.key,
    path: node.path,
    kind: kindOf(config, children.size),
    parent: node.parent?.index ?? null,
    children: [...children.values()].map(({ index }) => index),
    initial: initialOf(node),
    invokes: listOf(config.invoke).map(invokeName).filter(Boolean),
    entry: namesOf(config.entry).filter((name) => !name.startsWith('xstate.')),
    exit: namesOf(config.exit).filter((name) => !name.startsWith('xstate.')),
    tags: listOf(config.tags).map((tag) => nameOf(tag)),
    description: textOf(config.description) ?? '',
  }
}

function kindOf(config: PlainObject, children: number): StateKind {
  const type = config.type
  if (type === 'parallel' || type === 'final' || type === 'history') return type
  if (type === undefined && config.history !== undefined && config.history !== false) return 'history'
  return children > 0 ? 'compound' : 'atomic'
}

function initialOf({ config, children }: Node): number | null {
  if (config.type === 'parallel') return null
  const initial = isPlainObject(config.initial) ? targetsOf(config.initial)[0] : textOf(config.initial)
  const key = initial?.replace(/^[.#]/, '')
  return (
    (key === undefined ? undefined : (children.get(key) ?? children.get(key.split('.')[0] ?? '')))?.index ??
    null
  )
}

interface Found {
  readonly event: string
  readonly config: Plain
}

function transitionsOf(node: Node): Found[] {
  const { config } = node
  // XState 4 has worked out all of them.
  if (isPlainList(config.transitions)) {
    return config.transitions.flatMap((item) => {
      if (!isPlainObject(item)) return []
      return [{ event: nameOf(item.eventType ?? item.event), config: item }]
    })
  }
  const under = (what: Plain | undefined, eventOf: (key: string) => string): Found[] =>
    isPlainObject(what)
      ? Object.entries(what).flatMap(([key, value]) =>
          listOf(value).map((item) => ({ event: eventOf(key), config: item })),
        )
      : []
  const each = (what: Plain | undefined, event: string): Found[] =>
    listOf(what).map((item) => ({ event, config: item }))
  const invoked = listOf(config.invoke).flatMap((item, order) => {
    if (!isPlainObject(item)) return []
    const id = textOf(item.id) ?? `${order}.${node.id}`
    return [
      ...each(item.onDone, `xstate.done.actor.${id}`),
      ...each(item.onError, `xstate.error.actor.${id}`),
      ...each(item.onSnapshot, `xstate.snapshot.actor.${id}`),
    ]
  })
  return [
    ...under(config.on, (key) => key),
    ...each(config.always, ''),
    ...under(config.after, (key) => `xstate.after.${key}.${node.id}`),
    ...each(config.onDone, `xstate.done.state.${node.id}`),
    ...invoked,
  ]
}

/** One, several or none, as XState's configs have it. */
const listOf = (what: Plain | undefined): readonly Plain[] =>
  what === undefined || what === null ? [] : isPlainList(what) ? what : [what]

function targetsOf(config: Plain): string[] {
  const target = isPlainObject(config) ? config.target : config
  return listOf(target).flatMap((item) => textOf(item) ?? [])
}

function guardOf(config: Plain): string | null {
  if (!isPlainObject(config)) return null
  const guard = config.guard ?? config.cond
  if (guard === undefined || guard === null) return null
  return typedName(guard) || 'guarded'
}

/** What is named by a text, or by its `type`; XState 4 says a guard's name in `name`. */
function typedName(what: Plain): string {
  if (typeof what === 'string') return what
  if (!isPlainObject(what)) return ''
  const { type, name } = what
  return textOf(type === 'xstate.guard' ? (name ?? type) : (type ?? name)) ?? ''
}

const namesOf = (what: Plain | undefined): string[] => listOf(what).map(typedName).filter(Boolean)

function invokeName(invoke: Plain): string {
  if (!isPlainObject(invoke)) return typedName(invoke)
  const src = invoke.src
  return (src === undefined || src === null ? '' : typedName(src)) || textOf(invoke.id) || ''
}
