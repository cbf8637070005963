import { describe, expect, it } from 'vitest'
import { byLife } from '../../../devtools/src/panel/model/by-life'
import { hitAt } from '../../../devtools/src/panel/timeline/hit'
import { laneOf, shownOf } from '../../../devtools/src/panel/timeline/lanes'
import type { TokenRecord } from '../../../devtools/src/recorder/record'
import { START } from '../../helpers/clock'
import { record, story, view } from '../records'

const lanesOf = (records: readonly TokenRecord[]) =>
  [...byLife(records)].map(([key, own]) => laneOf(own, key))

const times = (at: number | null) => (at === null ? null : at - START)

describe('The lanes that are drawn', () => {
  const many = Array.from({ length: 150 }, (_, index) =>
    record({ lifecycle: `${index}`, sequence: index + 1 }),
  )

  it('are all of a hundred, and of more those that were heard of last, in their order', () => {
    expect([...shownOf(byLife(many.slice(0, 100)), undefined)]).toHaveLength(100)
    const again = record({ lifecycle: '3', sequence: 151 })
    const keys = [...shownOf(byLife([...many, again]), 'store-1/7').keys()]
    expect(keys.slice(0, 3)).toEqual(['store-1/3', 'store-1/7', 'store-1/51'])
    expect(keys).toHaveLength(101)
  })
})

describe('The lanes of a session', () => {
  const [first, second] = lanesOf(story())

  it('are one for each lifecycle', () => {
    expect([first?.key, second?.key]).toEqual(['store-1/1', 'store-1/2'])
  })

  it('have states end to end, the last one up to its end', () => {
    const states = first!.states.map(({ state, from, to }) => [state, times(from), times(to)])
    expect(states.slice(0, 3)).toEqual([
      ['idle', 0, 10],
      ['fetching', 10, 150],
      ['valid', 150, 480_150],
    ])
    expect(states.at(-1)).toEqual(['idle', 500_000, 510_000])
  })

  it('have the room beneath, as long as it was connected', () => {
    expect(first!.room.map(({ state, from, to }) => [state, times(from), times(to)])).toEqual([
      ['connecting', 200, 900],
      ['connected', 900, 481_000],
      ['reconnecting', 481_000, 482_000],
      ['connected', 482_000, 501_000],
      ['disconnected', 501_000, 510_000],
    ])
  })

  it('mark what was due while its token was there, and what was ordered', () => {
    const marks = first!.marks.map(({ at, kind, text }) => [times(at), kind, text])
    expect(marks).toContainEqual([480_150, 'refresh', 'token 1: refresh due'])
    expect(marks).toContainEqual([500_000, 'command', 'command, simulate-expiry'])
    // The first token was replaced before it expired, the second one was taken away.
    expect(marks.filter(([, kind]) => kind === 'expiry')).toEqual([])
    expect(marks.at(-1)).toEqual([510_000, 'other', 'disposed'])
  })

  it('mark what is still to come, by the corrected clock', () => {
    const [lane] = lanesOf([
      record({ type: 'clock-corrected', detail: { byMs: 1_000 } }),
      record({ type: 'state', from: 'fetching', to: 'valid', view: view(1) }),
    ])
    expect(lane?.marks.map(({ at, kind }) => [times(at), kind])).toEqual([
      [0, 'other'],
      [480_000, 'refresh'],
      [599_000, 'expiry'],
    ])
  })

  it('tell what there is at a moment', () => {
    const lines = hitAt(first!, START + 480_200, 100, START + 520_000)
    expect(lines.slice(1)).toEqual([
      'refreshing lasted 250 ms',
      'attempt 1 lasted 250 ms, failed',
      'token 1: refresh due',
      'room connected lasted 8 m',
    ])
    expect(hitAt(second!, START + 600_000, 1, START + 520_100)).toHaveLength(1)
  })
})
