import * as v from 'valibot'
import { COMMAND_NAMES } from '../recorder/commands'
import { readRecord } from '../recorder/record-schema'
import { CHANNEL, type FromApp, MAX_BATCH, PROTOCOL_VERSION, type ToApp } from './messages'
import type { FromViewer } from './viewer'

const envelope = { channel: v.literal(CHANNEL), version: v.literal(PROTOCOL_VERSION) }
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const name = v.picklist(COMMAND_NAMES)
const lifecycle = v.pipe(v.string(), v.maxLength(200))
const source = v.pipe(v.string(), v.maxLength(40))

// A newer app may have types of records that are unknown here: those are left out, the others stay.
const records = v.pipe(
  v.array(v.unknown()),
  v.maxLength(MAX_BATCH),
  v.transform((list) => list.map(readRecord).filter((record) => record !== null)),
)

const fromApp = v.variant('kind', [
  v.object({
    ...envelope,
    kind: v.literal('hello'),
    app: v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/)),
    allowCommands: v.boolean(),
  }),
  v.object({ ...envelope, kind: v.literal('records'), records }),
  v.object({ ...envelope, kind: v.literal('cleared') }),
  v.object({ ...envelope, kind: v.literal('result'), id: count, ok: v.boolean() }),
])

const toApp = v.variant('kind', [
  v.object({ ...envelope, kind: v.literal('attach'), since: count }),
  v.object({ ...envelope, kind: v.literal('command'), id: count, lifecycle, name }),
])

const since = v.pipe(
  v.record(source, count),
  v.check((places) => Object.keys(places).length <= 1_000),
)

const fromViewer = v.variant('kind', [
  v.object({ ...envelope, kind: v.literal('watch'), since }),
  v.object({ ...envelope, kind: v.literal('command'), id: count, source, lifecycle, name }),
])

/** Whatever is wrong with the rest of it. */
const anyCommand = v.object({ ...envelope, kind: v.literal('command'), id: count })

const reader =
  <Message>(schema: v.GenericSchema<unknown, Message>) =>
  (frame: unknown): Message | null => {
    const { success, output } = v.safeParse(schema, frame, { abortEarly: true })
    return success ? output : null
  }

// Each builds the message anew of the fields that it may have. Null is for what is malformed, of an unknown kind or
// version, or another protocol's.
export const readFromApp: (frame: unknown) => FromApp | null = reader(fromApp)
export const readToApp: (frame: unknown) => ToApp | null = reader(toApp)
export const readFromViewer: (frame: unknown) => FromViewer | null = reader(fromViewer)

/** The id of a viewer's command, also of one that `readFromViewer` does not take; null for anything else. */
export const readCommandId = (frame: unknown): number | null => reader(anyCommand)(frame)?.id ?? null
