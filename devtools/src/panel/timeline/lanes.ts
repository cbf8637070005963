import type { RoomConnectionState, TokenStatus } from 'livekit-token-store'
import { isLast, type TokenRecord } from '../../recorder/record'
import type { ByLife } from '../model/by-life'
import { type AttemptBar, attemptsOf } from './attempts'
import { type Mark, marksOf } from './marks'

export interface Segment<State extends string> {
  readonly state: State
  readonly from: number
  /** null while it lasts. */
  readonly to: number | null
  readonly record: TokenRecord
}

/** What is drawn of one lifecycle, and of its room. */
export interface Lane {
  readonly key: string
  readonly states: readonly Segment<TokenStatus>[]
  readonly attempts: readonly AttemptBar[]
  readonly marks: readonly Mark[]
  readonly room: readonly Segment<RoomConnectionState>[]
}

/** More than anybody looks through; each is drawn anew when time moves on. */
const MOST_LANES = 100

/** Of more lifecycles those that were heard of last, and the one that was picked; in their order. */
export function shownOf(all: ByLife, picked: string | undefined): ByLife {
  if (all.size <= MOST_LANES) return all
  const last = ([, own]: [string, readonly TokenRecord[]]) => own.at(-1)?.sequence ?? 0
  const latest = [...all].sort((a, b) => last(b) - last(a)).slice(0, MOST_LANES)
  const keys = new Set(latest.map(([key]) => key))
  return new Map([...all].filter(([key]) => keys.has(key) || key === picked))
}

/** Of the records of one lifecycle. */
export const laneOf = (own: readonly TokenRecord[], key: string): Lane => ({
  key,
  states: segments(own, (record) => record.to),
  attempts: attemptsOf(own),
  marks: marksOf(own),
  room: segments(own, ({ detail }) => (detail.room === 'moved' ? null : (detail.room ?? null))),
})

function segments<State extends string>(
  records: readonly TokenRecord[],
  stateOf: (record: TokenRecord) => State | null,
): readonly Segment<State>[] {
  const found: Segment<State>[] = []
  const end = (to: number) => {
    const open = found.at(-1)
    if (open?.to === null) found[found.length - 1] = { ...open, to }
  }
  for (const record of records) {
    const state = stateOf(record)
    if (state || isLast(record)) end(record.at)
    if (state) found.push({ state, from: record.at, to: null, record })
  }
  return found
}
