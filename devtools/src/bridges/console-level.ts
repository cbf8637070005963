import type { TokenRecord } from '../recorder/record'

/** From the most to the least that is said. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

/**
 * LiveKit's rubric (LOGGING.md of client-sdk-js). error: gave up. warn: an anomaly that it recovers from, or that it
 * retries. info: one line for each turn that matters (a token came, ended or was taken away, the room's connection, an
 * order of devtools), nothing that happens more than about once a second. debug: all else, so also the way from one
 * token to the next, and an eviction, of which there may be many at once.
 *
 * @param renewed whether the record brings another token than its lifecycle had.
 */
export function levelOf(record: TokenRecord, renewed: boolean): Exclude<LogLevel, 'silent'> {
  const { type, to } = record
  switch (type) {
    case 'state':
    case 'attached':
      if (to === 'failed') return 'error'
      if (to === 'idle' && type === 'state') return 'info'
      return renewed ? 'info' : 'debug'
    case 'attempt-failed':
    case 'expired-on-arrival':
    case 'no-expiry':
    case 'clock-corrected':
      return 'warn'
    case 'invalidated':
    case 'disposed':
    case 'command':
    case 'room':
      return 'info'
    default:
      return 'debug'
  }
}
