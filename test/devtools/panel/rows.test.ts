import { describe, expect, it } from 'vitest'
import { ROW, rowsToShow, SPARE_FOR_ROOM } from '../../../devtools/src/panel/events/rows'

const edges = (rows: readonly number[]) => [rows[0], rows.at(-1), rows.length]

describe('The rows in the page', () => {
  it('are those in sight and some around them', () => {
    expect(edges(rowsToShow(10_000, 0, 10 * ROW, 0))).toEqual([0, 15, 16])
    expect(edges(rowsToShow(10_000, 5_000 * ROW, 10 * ROW, 5_000))).toEqual([4_994, 5_015, 22])
    expect(edges(rowsToShow(10_000, 9_990 * ROW, 10 * ROW, 9_999))).toEqual([9_984, 9_999, 16])
  })

  it('are more above while old ones make room there', () => {
    const rows = rowsToShow(10_000, 5_000 * ROW, 10 * ROW, 5_000, SPARE_FOR_ROOM)
    expect(edges(rows)).toEqual([4_984, 5_015, 32])
  })

  it('are all of a short list, and none of an empty one', () => {
    expect(rowsToShow(3, 0, 400, 2)).toEqual([0, 1, 2])
    expect(rowsToShow(0, 0, 400, -1)).toEqual([])
    expect(rowsToShow(2, 900, 400, 1)).toEqual([0, 1].filter((row) => row === 1))
  })

  it('have the active one among them, above or below', () => {
    const above = rowsToShow(100, 50 * ROW, 10 * ROW, 3)
    const below = rowsToShow(100, 0, 10 * ROW, 90)
    expect([above[0], below.at(-1)]).toEqual([3, 90])
    for (const rows of [above, below]) expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b))
  })
})
