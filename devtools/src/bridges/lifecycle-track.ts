import type { RoomConnectionState, TokenStatus } from 'livekit-token-store'
import { isLast, type TokenRecord } from '../recorder/record'
import { nameOf } from './lifecycle-state'
import { recordTitle } from './record-title'
import type { TrackColor, TrackEntries, TrackEntry } from './track-entry'

const TRACK_GROUP = 'LiveKit tokens'

const STATUS_COLORS: Readonly<Record<TokenStatus, TrackColor>> = {
  idle: 'primary-light',
  fetching: 'secondary-light',
  valid: 'tertiary',
  expiring: 'secondary',
  refreshing: 'primary',
  failed: 'error',
}

const ROOM_COLORS: Readonly<Record<RoomConnectionState, TrackColor>> = {
  connecting: 'secondary-light',
  connected: 'tertiary',
  reconnecting: 'secondary-dark',
  moved: 'tertiary',
  disconnected: 'primary-light',
}

/** Something that has begun; it is written once it is over, as a measure needs both ends. */
interface Span {
  readonly what: string
  readonly color: TrackColor
  readonly record: TokenRecord
}

/** One lifecycle in the Performance panel: its states, its attempts, and the room's connection, a track each. */
export class LifecycleTrack {
  readonly #entries: TrackEntries
  readonly #name: string
  #state: Span | null = null
  #attempt: Span | null = null
  #room: Span | null = null
  /** The token in hand. */
  #ordinal: number | null = null

  constructor(entries: TrackEntries, record: TokenRecord) {
    this.#entries = entries
    this.#name = nameOf(record)
  }

  tell(record: TokenRecord): void {
    this.#tellAttempt(record)
    this.#tellToken(record)
    this.#tellState(record)
    this.#tellRoom(record)
    if (isMark(record)) this.#mark(recordTitle(record), 'primary-dark', record)
  }

  /** It is over, whatever was under way. */
  end(record: TokenRecord): void {
    this.#state = this.#closed(this.#state, '', record)
    this.#attempt = this.#closed(this.#attempt, ' attempts', record, ['aborted', 'primary-light'])
    this.#room = this.#closed(this.#room, ' room', record)
  }

  #tellState(record: TokenRecord): void {
    if (!record.to) return
    this.#closed(this.#state, '', record)
    this.#state = { what: record.to, color: STATUS_COLORS[record.to], record }
  }

  /** An answer is told by the token that it brought. */
  #tellAttempt(record: TokenRecord): void {
    const { type, detail, view } = record
    const close = (outcome: string, color: TrackColor) => {
      this.#attempt = this.#closed(this.#attempt, ' attempts', record, [outcome, color])
    }
    if (type === 'attempt-failed') close(failure(record), 'error')
    if (type === 'expired-on-arrival') close('expired on arrival', 'secondary-dark')
    if (type === 'invalidated') close('aborted', 'primary-light')
    if (type === 'state' && view && view.ordinal !== this.#ordinal) close('answered', 'tertiary')
    if (type !== 'attempt') return
    close('superseded', 'primary-light')
    this.#attempt = { what: `attempt ${detail.attempt} (${detail.reason})`, color: 'primary', record }
  }

  #tellToken(record: TokenRecord): void {
    const ordinal = record.view?.ordinal ?? null
    const ended = this.#ordinal
    if (ordinal === ended) return
    this.#ordinal = ordinal
    if (ended !== null && ordinal === null) this.#mark(`token ${ended} ended`, 'error', record)
  }

  #tellRoom(record: TokenRecord): void {
    const { room } = record.detail
    if (!room || room === 'moved') return
    this.#closed(this.#room, ' room', record)
    this.#room = room === 'disconnected' ? null : { what: room, color: ROOM_COLORS[room], record }
  }

  #closed(span: Span | null, suffix: string, end: TokenRecord, [outcome, color] = NO_OUTCOME): null {
    if (!span) return null
    const what = outcome ? `${span.what}: ${outcome}` : span.what
    const entry = this.#entry(suffix, color ?? span.color, span.record, what)
    this.#entries.measure(`${this.#name} ${what}`, [span.record.mono, end.mono], entry)
    return null
  }

  #mark(what: string, color: TrackColor, record: TokenRecord): void {
    const suffix = record.type === 'room' ? ' room' : ''
    const entry = this.#entry(suffix, color, record, what)
    this.#entries.mark(`${this.#name} ${what}`, record.mono, entry)
  }

  #entry(suffix: string, color: TrackColor, record: TokenRecord, what: string): TrackEntry {
    return {
      dataType: 'track-entry',
      track: `${this.#name}${suffix}`,
      trackGroup: TRACK_GROUP,
      color,
      properties: propertiesOf(record),
      tooltipText: `${this.#name} ${what}`,
    }
  }
}

const NO_OUTCOME: readonly [outcome?: string, color?: TrackColor] = []

const failure = ({ detail: { code, status } }: TokenRecord) =>
  status === undefined ? `${code}` : `${code} (status ${status})`

/** What has no length: all that neither begins nor ends something, and how a room's connection ended. */
function isMark(record: TokenRecord): boolean {
  const { type, detail } = record
  if (type === 'room') return detail.room === 'moved' || detail.room === 'disconnected'
  return isLast(record) || ['no-expiry', 'clock-corrected', 'invalidated', 'command'].includes(type)
}

function propertiesOf({ sequence, request, view, detail }: TokenRecord): [string, string][] {
  const told: [string, unknown][] = [
    ['record', sequence],
    ['room', view?.room ?? request.roomName],
    ['identity', view?.identity ?? request.participantIdentity],
    ['token', view?.ordinal],
    ['refresh due', view && instant(view.refreshAt)],
    ['expires', view && instant(view.expiresAt)],
    ['error', detail.code],
    ['status', detail.status],
    ['clock corrected by, ms', detail.byMs],
    ['reason', detail.roomReason],
  ]
  return told.flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)]],
  )
}

/** A claim may be any number, and some are no date. */
const instant = (ms: number) => {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString()
}
