import { describe, expect, it } from 'vitest'
import type { Source } from '../../../devtools/src/inspector/source'
import { Sources } from '../../../devtools/src/inspector/sources'
import { simulatedClock } from '../../helpers/clock'

const open = (sources: Sources, name = 'machines') =>
  sources.open({ protocol: 'xstate-5', name, origin: null })

/** The numbers of the frames that are still there. */
function kept({ frames }: Source): number[] {
  const found: number[] = []
  for (let frame = frames.after(0); frame; frame = frames.after(frame.seq)) found.push(frame.seq)
  return found
}

const total = (sources: Sources) => [...sources.all()].reduce((sum, { frames }) => sum + frames.characters, 0)

describe('What sources are called', () => {
  it('tells those of the same name apart, in the order in which they came', () => {
    const sources = new Sources(simulatedClock())
    const all = [open(sources), open(sources), open(sources)]
    const names = () => all.map(({ message }) => message.name)
    expect(names()).toEqual(['machines', 'machines (2)', 'machines (3)'])
    for (const source of all) source.rename('lobby')
    expect(names()).toEqual(['lobby', 'lobby (2)', 'lobby (3)'])
    for (const source of all) source.rename('lobby')
    expect(names()).toEqual(['lobby', 'lobby (2)', 'lobby (3)'])
    all[0]?.leave()
    expect(open(sources, 'lobby').message.name).toBe('lobby (4)')
  })

  it('is at most eighty characters, with the number', () => {
    const sources = new Sources(simulatedClock())
    const all = [open(sources), open(sources)]
    for (const source of all) source.rename('x'.repeat(200))
    const [first = '', second = ''] = all.map(({ message }) => message.name)
    expect([first, second]).toEqual([`${'x'.repeat(79)}…`, `${'x'.repeat(75)}… (2)`])
    expect(second).toHaveLength(80)
  })

  it('has no token in it, cut or not', async () => {
    const { canary, parts } = await import('./canary')
    const sources = new Sources(simulatedClock())
    for (const name of [canary, `${'x'.repeat(60)} ${canary}`]) {
      const source = open(sources)
      source.rename(name)
      for (const part of parts) expect(source.message.name).not.toContain(part)
    }
  })

  it('is never the same for two, nor for one of another inspector: their ids', () => {
    const ids = [new Sources(simulatedClock()), new Sources(simulatedClock())].flatMap((sources) =>
      [open(sources), open(sources)].map(({ id }) => id),
    )
    expect(new Set(ids).size).toBe(4)
    for (const id of ids) expect(id.length).toBeLessThanOrEqual(40)
  })
})

describe('What a source told', () => {
  it('keeps what introduces a machine that runs, however many came and went after it', () => {
    const source = open(new Sources(simulatedClock()))
    source.push({ actor: 'root' }, 'root')
    for (let number = 1; number <= 1_000; number += 1) {
      source.push({ actor: number }, `child-${number}`)
      source.frames.end(`child-${number}`)
    }
    expect(kept(source)).toHaveLength(200)
    expect(kept(source).slice(0, 2)).toEqual([1, 803])
  })

  it('loses the oldest when all of them run', () => {
    const source = open(new Sources(simulatedClock()))
    for (let number = 1; number <= 250; number += 1) source.push({ number }, `actor-${number}`)
    expect(kept(source)).toHaveLength(200)
    expect(kept(source)[0]).toBe(51)
  })

  it('keeps the last introduction of a machine that is introduced again, which runs again', () => {
    const source = open(new Sources(simulatedClock()))
    source.push({ number: 1 }, 'root')
    source.frames.end('root')
    source.push({ number: 2 }, 'root')
    for (let number = 1; number <= 199; number += 1) source.push({ number }, `actor-${number}`)
    for (let number = 1; number <= 199; number += 1) source.frames.end(`actor-${number}`)
    source.push({ number: 200 }, 'actor-200')
    expect(kept(source)[0]).toBe(2)
    expect(kept(source)).toHaveLength(200)
  })
})

describe('What all sources told', () => {
  it('is bounded together, also where there is nothing but introductions', () => {
    const sources = new Sources(simulatedClock(), 10_000)
    for (let count = 1; count <= 10; count += 1) {
      const source = open(sources)
      for (let number = 1; number <= 10; number += 1)
        source.push({ more: 'x'.repeat(480) }, `actor-${number}`)
    }
    expect(total(sources)).toBeLessThanOrEqual(10_000)
    expect(total(sources)).toBeGreaterThan(9_000)
    expect([...sources.all()].map((source) => kept(source).length)).not.toContain(0)
  })

  it('is at most thirty million characters', () => {
    const sources = new Sources(simulatedClock())
    for (let count = 1; count <= 40; count += 1) {
      const source = open(sources)
      for (let number = 1; number <= 3; number += 1) source.push({ number, more: 'é '.repeat(450_000) })
      expect(kept(source).at(-1)).toBe(3)
    }
    expect(total(sources)).toBeLessThanOrEqual(30_000_000)
    expect(total(sources)).toBeGreaterThan(28_000_000)
  })
})
