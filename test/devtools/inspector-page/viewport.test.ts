import { describe, expect, it } from 'vitest'
import { fitted, whole, zoomed } from '../../../devtools/src/inspector-page/views/viewport'

const PANE = { width: 900, height: 300 }
const HUGE = { width: 9_000, height: 12_000 }

describe('What of a chart is in view', () => {
  it('is all of it at first when it can be read, else what is around the focus', () => {
    const small = fitted({ width: 900, height: 400 }, PANE, { x: 0, y: 0 })
    expect(small.scale).toBe(0.75)
    const { scale, x, y } = fitted(HUGE, PANE, { x: 4_000, y: 6_000 })
    expect(scale).toBe(0.6)
    expect([4_000 * scale + x, 6_000 * scale + y]).toEqual([450, 150])
  })

  it('is all of it, however small, once somebody asks for that', () => {
    const { scale, x, y } = whole(HUGE, PANE)
    expect(HUGE.width * scale).toBeLessThanOrEqual(PANE.width)
    expect(HUGE.height * scale).toBeLessThanOrEqual(PANE.height)
    expect([x, y].every((edge) => edge >= 0)).toBe(true)
  })

  it('does not leap when a chart is magnified that is smaller than the least', () => {
    const all = whole(HUGE, PANE)
    const at = { x: 450, y: 150 }
    expect(zoomed(all, 0.5, at).scale).toBe(all.scale)
    expect(zoomed(all, 1.2, at).scale).toBeCloseTo(all.scale * 1.2)
    expect(zoomed({ x: 0, y: 0, scale: 0.12 }, 0.5, at).scale).toBe(0.1)
  })
})
