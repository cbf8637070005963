import type { TokenRecord } from '../recorder/record'
import { nameOf } from './lifecycle-state'

/** 'tokens/1 (room "A"): fetching → valid, token 1 ends 10:00:00Z, in 600 s'. */
export function consoleLine(record: TokenRecord): string {
  const room = record.view?.room ?? record.request.roomName
  const name = escaped(nameOf(record))
  const who = room === undefined ? name : `${name} (room ${quoted(room)})`
  return `${who}: ${[happened(record), ...waiting(record), ...tokenEnd(record)].join(', ')}`
}

function happened(record: TokenRecord): string {
  const { type, from, to, detail } = record
  switch (type) {
    case 'state':
      return `${from} → ${to}${error(record, '; ')}`
    case 'attached':
      return `attached, ${to}${error(record, '; ')}`
    case 'attempt':
      return `attempt ${detail.attempt} (${detail.reason})`
    case 'attempt-failed':
      return `attempt ${detail.attempt} failed${error(record, ': ')}`
    case 'room':
      return `room ${detail.room}${detail.roomReason === undefined ? '' : ` (${quoted(detail.roomReason)})`}`
    case 'command':
      return `command ${detail.command}${detail.on === undefined ? '' : detail.on ? ' on' : ' off'}`
    case 'clock-corrected':
      return clockCorrected(detail.byMs ?? 0)
    default:
      return type.replaceAll('-', ' ')
  }
}

const clockCorrected = (byMs: number) =>
  `clock corrected: this machine’s is ${seconds(Math.abs(byMs))} ${byMs < 0 ? 'ahead' : 'behind'}`

function error({ detail: { code, status } }: TokenRecord, before: string): string {
  if (!code) return ''
  return before + (status === undefined ? code : `${code} (status ${status})`)
}

const waiting = ({ at, detail: { nextAt } }: TokenRecord): string[] =>
  nextAt === undefined ? [] : [`asks again in ${seconds(nextAt - at)}`]

function tokenEnd({ at, view }: TokenRecord): string[] {
  if (!view) return []
  const { ordinal, expiresAt } = view
  return [`token ${ordinal} ends ${timeOfDay(expiresAt)}, in ${seconds(expiresAt - at)}`]
}

/** A claim may be any number, and some are no date. */
const timeOfDay = (ms: number) =>
  Number.isNaN(new Date(ms).getTime()) ? 'never' : `${new Date(ms).toISOString().slice(11, 19)}Z`

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`

/** A name is somebody's text: it can neither break the line, nor turn it around, nor colour a terminal. */
const escaped = (text: string) =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )

const quoted = (text: string) => escaped(JSON.stringify(text))
