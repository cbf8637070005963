import * as v from 'valibot'
import { MAX_TEXT, MAX_TIME } from './bounds'
import { COMMAND_NAMES } from './commands'
import { projectGrants } from './project'
import type { TokenRecord } from './record'
import { maskTokens } from './tripwire'

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT), v.transform(maskTokens))
const number = v.pipe(v.number(), v.finite())
const moment = v.pipe(number, v.minValue(-MAX_TIME), v.maxValue(MAX_TIME))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const status = v.picklist(['idle', 'fetching', 'valid', 'expiring', 'refreshing', 'failed'])

const view = v.object({
  ordinal: count,
  serverUrl: text,
  issuedAt: v.nullable(moment),
  notBefore: v.nullable(moment),
  expiresAt: moment,
  receivedAt: moment,
  refreshAt: moment,
  room: v.nullable(text),
  identity: v.nullable(text),
  grants: v.nullable(v.pipe(v.record(v.string(), v.unknown()), v.transform(projectGrants))),
})

const request = v.object({
  roomName: v.exactOptional(text),
  participantIdentity: v.exactOptional(text),
  agentName: v.exactOptional(text),
})

const detail = v.object({
  attempt: v.exactOptional(count),
  reason: v.exactOptional(v.picklist(['initial', 'refresh', 'forced', 'expired'])),
  code: v.exactOptional(
    v.picklist([
      'fetch-failed',
      'timeout',
      'refused',
      'rate-limited',
      'invalid-response',
      'throttled',
      'disposed',
    ]),
  ),
  status: v.exactOptional(number),
  nextAt: v.exactOptional(moment),
  byMs: v.exactOptional(number),
  command: v.exactOptional(v.picklist(COMMAND_NAMES)),
  on: v.exactOptional(v.boolean()),
  room: v.exactOptional(v.picklist(['connecting', 'connected', 'reconnecting', 'moved', 'disconnected'])),
  roomReason: v.exactOptional(text),
})

/** A record as it comes from outside: what it does not know it leaves out, and what is not right is no record. */
export const recordSchema = v.object({
  at: moment,
  mono: number,
  sequence: count,
  storeId: text,
  store: text,
  lifecycle: text,
  type: v.picklist([
    'state',
    'attempt',
    'attempt-failed',
    'expired-on-arrival',
    'no-expiry',
    'clock-corrected',
    'invalidated',
    'evicted',
    'disposed',
    'command',
    'room',
    'attached',
  ]),
  from: v.nullable(status),
  to: v.nullable(status),
  view: v.nullable(view),
  request,
  detail,
}) satisfies v.GenericSchema<unknown, TokenRecord>

/** A record built anew of what is known, or null when it is none. */
export function readRecord(value: unknown): TokenRecord | null {
  const { success, output } = v.safeParse(recordSchema, value)
  return success ? output : null
}
