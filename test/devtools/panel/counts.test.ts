import { describe, expect, it } from 'vitest'
import { chartOf } from '../../../devtools/src/panel/chart/counts'
import { centre, NODE, SIZE, STATES, wayOf } from '../../../devtools/src/panel/chart/layout'
import { mermaidOf } from '../../../devtools/src/panel/chart/mermaid'
import { byLife } from '../../../devtools/src/panel/model/by-life'
import { story } from '../records'

describe('What the statechart counts', () => {
  const chart = chartOf(byLife(story()).get('store-1/1')!)

  it('is one lifecycle’s entries and ways, and the way taken last', () => {
    expect(chart.entries.get('valid')).toBe(2)
    expect(chart.entries.get('failed')).toBeUndefined()
    expect(chart.ways.get('expiring refreshing')).toBe(2)
    expect(chart.last).toBe('valid idle')
  })

  it('is nothing where nothing happened', () => {
    expect(chartOf([])).toEqual({ entries: new Map(), ways: new Map(), last: null })
  })

  it('can be had as text that Mermaid draws', () => {
    expect(mermaidOf(chart).split('\n').slice(0, 2)).toEqual(['stateDiagram-v2', '  idle --> fetching: 1×'])
  })
})

describe('Where the statechart draws it', () => {
  it('is inside of the drawing, and no node lies on another', () => {
    for (const [index, state] of STATES.entries()) {
      const { x, y } = centre(state)
      expect(x - NODE.width / 2).toBeGreaterThanOrEqual(0)
      expect(x + NODE.width / 2).toBeLessThanOrEqual(SIZE.width)
      expect(y + NODE.height / 2).toBeLessThanOrEqual(SIZE.height)
      for (const other of STATES.slice(index + 1)) {
        const { x: otherX, y: otherY } = centre(other)
        expect(Math.abs(x - otherX) >= NODE.width || Math.abs(y - otherY) >= NODE.height).toBe(true)
      }
    }
  })

  it('puts the count of each way into the drawing, and apart from that of the way back', () => {
    for (const from of STATES)
      for (const to of STATES)
        if (from !== to) {
          const [there, back] = [wayOf(from, to).beside, wayOf(to, from).beside]
          expect(there.y).toBeGreaterThan(8)
          expect(there.y + 4).toBeLessThan(SIZE.height)
          expect(Math.hypot(there.x - back.x, there.y - back.y)).toBeGreaterThan(16)
        }
  })
})
