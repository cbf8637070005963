import * as v from 'valibot'
import { MAX_SESSION } from './bounds'
import type { TokenRecord } from './record'
import { recordSchema } from './record-schema'

const FORMAT = 'livekit-token-session'
const VERSION = 1

/** A session file's text; of more records than one may have in it, the newest. */
export function writeSession(records: readonly TokenRecord[]): string {
  const text = written(records)
  return text.length > MAX_SESSION ? written(newest(records)) : text
}

const written = (records: readonly TokenRecord[]): string =>
  JSON.stringify({ format: FORMAT, version: VERSION, records })

function newest(records: readonly TokenRecord[]): readonly TokenRecord[] {
  let left = MAX_SESSION - written([]).length
  let start = records.length
  // Each has a comma, but for one.
  while (start > 0 && left >= 0) left -= JSON.stringify(records[--start]).length + 1
  return records.slice(left < 0 ? start + 1 : start)
}

const envelope = v.object({
  format: v.literal(FORMAT),
  version: v.optional(v.unknown()),
  records: v.array(v.unknown()),
})

/**
 * The records of a session file, built anew of known fields.
 *
 * @throws TypeError that says what is wrong, and repeats nothing of the file.
 */
export function readSession(text: string): readonly TokenRecord[] {
  if (typeof text !== 'string') throw new TypeError('A session is imported from the text of its file')
  if (text.length > MAX_SESSION) throw new TypeError('This file is too big for a session')
  const { success, output: session } = v.safeParse(envelope, parsed(text))
  if (!success)
    throw new TypeError(`This is no session file: it needs "format": "${FORMAT}" and a list of "records"`)
  if (session.version !== VERSION)
    throw new TypeError(
      `This session file has another "version" than ${VERSION}: export or import it with the other's devtools`,
    )
  return session.records.map((record, index) => {
    const { success: good, output, issues } = v.safeParse(recordSchema, record, { abortEarly: true })
    if (good) return output
    const field = issues[0] ? v.getDotPath(issues[0]) : null
    throw new TypeError(`Record ${index} of this session file is damaged${field ? ` at "${field}"` : ''}`)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the file.
    throw new TypeError('This is no session file: it is not JSON')
  }
}
