import * as v from 'valibot'
import type { XState4Frame, XState5Frame } from './xstate-frames'

const id = v.pipe(v.string(), v.maxLength(200))
/** XState 5 names an actor by the path of the state that invokes it, which may be long; nothing goes by it. */
const name = v.pipe(
  v.string(),
  v.transform((text) => (text.length > 200 ? `${text.slice(0, 199)}…` : text)),
)
const word = v.pipe(v.string(), v.maxLength(40))

/** JSON within the frame, written anew: a token that hides behind `\u0065y…` is plain to the tripwire then. */
const json = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return JSON.stringify(JSON.parse(dataset.value))
    } catch {
      addIssue({ message: 'is no JSON' })
      return NEVER
    }
  }),
)

const xstate4 = v.variant('type', [
  v.object({
    type: v.literal('service.register'),
    sessionId: id,
    id: v.exactOptional(name),
    parent: v.exactOptional(id),
    machine: json,
    state: json,
  }),
  v.object({ type: v.literal('service.event'), sessionId: id, event: json }),
  v.object({ type: v.literal('service.state'), sessionId: id, state: json }),
  v.object({ type: v.literal('service.stop'), sessionId: id }),
])

const inspection = {
  sessionId: id,
  createdAt: word,
  _version: word,
  id: v.nullable(name),
  rootId: v.exactOptional(id),
}
const event = v.looseObject({ type: v.string() })
const snapshot = v.exactOptional(v.unknown())

const xstate5 = v.variant('type', [
  v.object({
    type: v.literal('@xstate.actor'),
    ...inspection,
    name,
    definition: v.exactOptional(json),
    parentId: v.exactOptional(id),
    snapshot,
  }),
  v.object({ type: v.literal('@xstate.event'), ...inspection, event, sourceId: v.exactOptional(id) }),
  v.object({ type: v.literal('@xstate.snapshot'), ...inspection, event, snapshot }),
])

/** A frame of `@xstate/inspect`, built anew of its known fields; null for anything else. */
export function readXState4(frame: unknown): XState4Frame | null {
  const { success, output } = v.safeParse(xstate4, frame, { abortEarly: true })
  return success ? output : null
}

/** A frame of `@statelyai/inspect`, built anew of its known fields; null for anything else. */
export function readXState5(frame: unknown): XState5Frame | null {
  const { success, output } = v.safeParse(xstate5, frame, { abortEarly: true })
  return success ? output : null
}
