import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byLife, byLifeUntil, createByLife } from '../../../devtools/src/panel/model/by-life'
import { record } from '../records'

const of = (lifecycle: string, sequence: number) => record({ lifecycle, sequence })
const [a1, b2, a3, b4] = [of('a', 1), of('b', 2), of('a', 3), of('b', 4)] as const

describe('The records of each lifecycle', () => {
  it('are in their order, and the lifecycles in the order in which they were first heard of', () => {
    expect([...byLife([b2, a3, b4])]).toEqual([
      ['store-1/b', [b2, b4]],
      ['store-1/a', [a3]],
    ])
  })

  it('are the same, whatever came and went since they were asked for last', () => {
    const lifecycles = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 40 })
    const looks = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 12 })
    fc.assert(
      fc.property(lifecycles, looks, (names, windows) => {
        const all = names.map((name, index) => of(name, index + 1))
        const latest = createByLife()
        for (const [from, length] of windows) {
          const records = all.slice(from, from + length)
          expect([...latest(records)]).toEqual([...byLife(records)])
        }
      }),
    )
  })

  it('stay the same list where nothing came or went', () => {
    const latest = createByLife()
    const before = latest([a1, b2, a3])
    const after = latest([a1, b2, a3, b4])
    expect(after.get('store-1/a')).toBe(before.get('store-1/a'))
    expect(after.get('store-1/b')).toEqual([b2, b4])
  })

  it('are, of the past, what had been heard by then', () => {
    const all = byLife([a1, b2, a3, b4])
    expect([...byLifeUntil(all, 3)]).toEqual([...byLife([a1, b2, a3])])
    expect([...byLifeUntil(all, 1)]).toEqual([['store-1/a', [a1]]])
    expect([...byLifeUntil(all, 0)]).toEqual([])
  })
})
