import { describe, expect, it } from 'vitest'
import { countUntil, recordsUntil } from '../../../devtools/src/panel/model/past'
import { momentAt, step } from '../../../devtools/src/panel/timeline/moments'
import { record } from '../records'

/** Two of them at the same moment, and the numbers begin late, as when older ones were dropped. */
const records = [10, 20, 20, 40].map((at, index) => record({ at, sequence: 7 + index }))
const sequences = (until: number | null) => recordsUntil(records, until).map(({ sequence }) => sequence)

describe('The past', () => {
  it('is what came before, and in the present all', () => {
    expect(sequences(8)).toEqual([7, 8])
    expect(sequences(0)).toEqual([])
    expect(sequences(99)).toEqual([7, 8, 9, 10])
    expect(recordsUntil(records, null)).toBe(records)
  })

  it('is entered at the last record by that time', () => {
    expect(momentAt(records, 30)).toEqual({ at: 30, sequence: 9 })
    expect(momentAt(records, 5)).toEqual({ at: 5, sequence: 0 })
    expect(momentAt([], 5)).toEqual({ at: 5, sequence: 0 })
  })

  it('is walked record by record, also those of one moment, and ends in the present', () => {
    const back = [step(records, null, -1)]
    for (let count = 0; count < 4; count += 1) back.push(step(records, back.at(-1)!, -1))
    expect(back.map((moment) => moment?.sequence)).toEqual([10, 9, 8, 7, 7])
    expect(step(records, { sequence: 8, at: 20 }, 1)).toEqual({ sequence: 9, at: 20 })
    expect(step(records, { sequence: 10, at: 40 }, 1)).toBeNull()
    expect(step(records, null, Number.NEGATIVE_INFINITY)).toEqual({ sequence: 7, at: 10 })
    expect(step([], null, -1)).toBeNull()
  })

  it('counts by numbers, which may have gaps', () => {
    expect([6, 7, 8.5, 11].map((sequence) => countUntil(records, sequence))).toEqual([0, 1, 2, 4])
  })
})
