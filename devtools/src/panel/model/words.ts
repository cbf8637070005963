import type { TokenRecord } from '../../recorder/record'
import { duration } from './duration'

/** What a record says besides its type, its states and its time. */
export function noteOf({ type, to, view, detail }: TokenRecord): string {
  const { attempt, reason, code, status, byMs, command, on, room, roomReason } = detail
  // What begins to be asked has not failed yet: that is what went before.
  const error = to !== 'fetching' && to !== 'refreshing' && code && (status ? `${code} ${status}` : code)
  const said = {
    attempt: `no. ${attempt}, ${reason}`,
    'attempt-failed': `no. ${attempt}, ${error}`,
    'clock-corrected': byMs === undefined ? '' : `${byMs < 0 ? '−' : '+'}${duration(byMs)}`,
    command: command && `${command}${on === undefined ? '' : on ? ' on' : ' off'}`,
    room: room && (roomReason ? `${room}, ${roomReason}` : room),
  }[type as string]
  if (said !== undefined) return said
  return [to === 'valid' && view ? `token ${view.ordinal}` : '', error || ''].filter(Boolean).join(', ')
}

/** A record in one line of plain words: for a tooltip, a screen reader, and a slider's value. */
export const sentence = (record: TokenRecord): string => {
  const { type, from, to } = record
  const what = from && to ? `${from} to ${to}` : [type, to].filter(Boolean).join(': ')
  return [what, noteOf(record)].filter(Boolean).join(', ')
}
