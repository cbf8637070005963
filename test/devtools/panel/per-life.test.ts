import { describe, expect, it, vi } from 'vitest'
import { byLife } from '../../../devtools/src/panel/model/by-life'
import { perLife } from '../../../devtools/src/panel/model/per-life'
import type { TokenRecord } from '../../../devtools/src/recorder/record'
import { record } from '../records'

const of = (lifecycle: string, sequence: number) => record({ lifecycle, sequence })
const [a1, b2, a3, b4] = [of('a', 1), of('b', 2), of('a', 3), of('b', 4)] as const

describe('What is made of each lifecycle’s records', () => {
  it('is made anew only where something came or went', () => {
    const compute = vi.fn((own: readonly TokenRecord[]) => own.map(({ sequence }) => sequence))
    const all = perLife(compute)
    const seen = (records: readonly TokenRecord[]) => {
      compute.mockClear()
      return [[...all(byLife(records))].map(([, numbers]) => numbers), compute.mock.calls.length]
    }
    expect(seen([a1, b2, a3])).toEqual([[[1, 3], [2]], 2])
    expect(seen([a1, b2, a3])).toEqual([[[1, 3], [2]], 0])
    expect(seen([a1, b2, a3, b4])).toEqual([
      [
        [1, 3],
        [2, 4],
      ],
      1,
    ])
    // The oldest makes room for a newer one: as many as before, and yet others.
    const a5 = of('a', 5)
    expect(seen([b2, a3, b4, a5])).toEqual([
      [
        [2, 4],
        [3, 5],
      ],
      1,
    ])
    expect(seen([a3, a5])).toEqual([[[3, 5]], 0])
    expect(seen([b2, a3, a5])).toEqual([[[2], [3, 5]], 1])
  })
})
