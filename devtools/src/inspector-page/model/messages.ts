import {
  definitionBudget,
  isPlainObject,
  nameOf,
  type Plain,
  type PlainObject,
  type Tamed,
  tame,
  tameJson,
  textOf,
} from './plain'

/** What `@xstate/inspect` (XState 4) and `@statelyai/inspect` (XState 5) tell, in one form. */
export type Told =
  | {
      readonly kind: 'actor'
      readonly version: 4 | 5
      readonly session: string
      /** Undefined: not said, as when XState 4 tells of a service again. */
      readonly name: string | undefined
      /** What to call it as long as it has no name of its own. */
      readonly machine: string | undefined
      readonly parent: string | undefined
      readonly definition: Plain
      readonly snapshot: Tamed | null
      readonly at: number | null
    }
  | {
      readonly kind: 'event'
      readonly version: 4 | 5
      readonly session: string
      readonly source: string | undefined
      readonly type: string
      readonly event: Tamed
      readonly at: number | null
    }
  | {
      readonly kind: 'snapshot'
      readonly version: 4 | 5
      readonly session: string
      readonly type: string
      readonly event: Tamed
      readonly snapshot: Tamed
      readonly at: number | null
    }
  | { readonly kind: 'stopped'; readonly session: string }
  | { readonly kind: 'disconnected' }

/** Null for anything that is neither protocol's. */
export function readMessage(message: unknown): Told | null {
  if (typeof message !== 'object' || message === null) return null
  const type = own(message, 'type')
  if (typeof type !== 'string') return null
  if (type === 'xstate.disconnect' || type === '@statelyai.disconnected') return { kind: 'disconnected' }
  if (type.startsWith('service.')) return fromVersion4(type, message)
  if (type.startsWith('@xstate.') && typeof own(message, '_version') === 'string') {
    return fromVersion5(type, message)
  }
  return null
}

const own = (from: object, key: string): unknown => {
  const property = Object.getOwnPropertyDescriptor(from, key)
  return property && 'value' in property ? property.value : undefined
}

function fromVersion4(type: string, message: object): Told | null {
  const session = sessionOf(message)
  if (!session) return null
  switch (type) {
    case 'service.register': {
      const definition = tameJson(own(message, 'machine'), definitionBudget())
      const state = tameJson(own(message, 'state'))
      const machine = definition?.value
      return {
        kind: 'actor',
        version: 4,
        session,
        name: optionalName(own(message, 'id')),
        machine: isPlainObject(machine) ? optionalName(machine.id) : undefined,
        parent: optionalName(own(message, 'parent')),
        definition: machine ?? null,
        snapshot: state && isPlainObject(state.value) ? { ...state, value: stateOf(state.value) } : null,
        at: null,
      }
    }
    case 'service.event': {
      const event = tameJson(own(message, 'event'))
      if (!event || !isPlainObject(event.value)) return null
      const { name, data, origin } = event.value
      return {
        kind: 'event',
        version: 4,
        session,
        source: textOf(origin),
        type: nameOf(name ?? typeOf(data)),
        event: { ...event, value: data ?? null },
        at: null,
      }
    }
    case 'service.state': {
      const state = tameJson(own(message, 'state'))
      if (!state || !isPlainObject(state.value)) return null
      const event = state.value.event ?? null
      return {
        kind: 'snapshot',
        version: 4,
        session,
        type: typeOf(event),
        event: { value: event, size: 0 },
        snapshot: { ...state, value: stateOf(state.value) },
        at: null,
      }
    }
    case 'service.stop':
      return { kind: 'stopped', session }
    default:
      return null
  }
}

function fromVersion5(type: string, message: object): Told | null {
  const session = sessionOf(message)
  if (!session) return null
  const at = timeOf(own(message, 'createdAt'))
  const event = () => tame(own(message, 'event') ?? null)
  const snapshot = () => {
    const told = tame(own(message, 'snapshot') ?? null)
    return { ...told, value: isPlainObject(told.value) ? shownSnapshot(told.value) : told.value }
  }
  switch (type) {
    case '@xstate.actor':
      return {
        kind: 'actor',
        version: 5,
        session,
        name: optionalName(own(message, 'name')),
        machine: undefined,
        parent: optionalName(own(message, 'parentId')),
        definition: tameJson(own(message, 'definition'), definitionBudget())?.value ?? null,
        snapshot: own(message, 'snapshot') === undefined ? null : snapshot(),
        at,
      }
    case '@xstate.event': {
      const told = event()
      return {
        kind: 'event',
        version: 5,
        session,
        source: optionalName(own(message, 'sourceId')),
        type: typeOf(told.value),
        event: told,
        at,
      }
    }
    case '@xstate.snapshot': {
      const told = event()
      return {
        kind: 'snapshot',
        version: 5,
        session,
        type: typeOf(told.value),
        event: told,
        snapshot: snapshot(),
        at,
      }
    }
    default:
      return null
  }
}

const optionalName = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? nameOf(value) : undefined

const sessionOf = (message: object): string | undefined => optionalName(own(message, 'sessionId'))

const typeOf = (event: Plain | undefined): string =>
  isPlainObject(event) ? nameOf(event.type) : typeof event === 'string' ? event : ''

/** ms since the epoch, as a text; what no date can hold is no time. */
function timeOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Number(value) : Number.NaN
  return at > 0 && at < 8.64e15 ? at : null
}

/** XState 4's state is much machinery; this is what XState 5 has of it. */
function stateOf(state: PlainObject): PlainObject {
  return known({
    status: state.done === true ? 'done' : 'active',
    value: state.value,
    context: state.context,
    tags: state.tags,
    children: state.children,
    meta: state.meta,
  })
}

const HIDDEN = new Set(['historyValue', 'machine', '_nodes', '_subscription'])

const shownSnapshot = (snapshot: PlainObject): PlainObject =>
  known(Object.fromEntries(Object.entries(snapshot).filter(([key]) => !HIDDEN.has(key))))

/** Without what is empty: it would only fill the page. */
function known(fields: Readonly<Record<string, Plain | undefined>>): PlainObject {
  const kept = Object.create(null) as Record<string, Plain>
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue
    if (typeof value === 'object' && Object.keys(value).length === 0 && key !== 'context') continue
    kept[key] = value
  }
  return kept
}
