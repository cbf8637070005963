import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteLength } from '../../../devtools/src/recorder/byte-length'
import { Ring } from '../../../devtools/src/recorder/ring'

describe('A ring', () => {
  it('keeps the longest run of newest items within both bounds, whatever comes', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 300 })
    const bounds = [fc.integer({ min: 1, max: 20 }), fc.integer({ min: 40, max: 100 })] as const
    fc.assert(
      fc.property(sizes, ...bounds, (all, most, bytes) => {
        const ring = new Ring<number>(most, bytes)
        for (const [index, size] of all.entries()) ring.push(index, size)
        const kept = ring.toArray()
        expect(kept).toEqual(all.map((_, index) => index).slice(all.length - kept.length))
        const total = (from: number) => all.slice(from).reduce((sum, size) => sum + size, 0)
        expect(kept.length).toBeLessThanOrEqual(most)
        expect(total(all.length - kept.length)).toBeLessThanOrEqual(bytes)
        // One more would have been too many.
        const before = all.length - kept.length - 1
        if (before >= 0 && kept.length < most) expect(total(before)).toBeGreaterThan(bytes)
        expect(ring.dropped).toBe(all.length - kept.length)
      }),
    )
  })

  it('drops an item that is too big by itself, and no other for it', () => {
    const ring = new Ring<string>(5, 10)
    ring.push('small', 3)
    ring.push('huge', 11)
    ring.push('next', 3)
    expect([ring.toArray(), ring.dropped]).toEqual([['small', 'next'], 1])
    ring.clear()
    expect([ring.toArray(), ring.dropped]).toEqual([[], 0])
  })
})

describe('The length of a text in bytes', () => {
  it('is what an encoder makes of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(byteLength(text)).toBe(new TextEncoder().encode(text).length)
      }),
    )
    expect(byteLength('aé€😀')).toBe(10)
  })
})
