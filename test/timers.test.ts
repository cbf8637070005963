import { describe, expect, it, vi } from 'vitest'
import { createTimers } from '../src/timers'
import { START, simulatedClock } from './helpers/clock'

const DAY = 86_400_000

describe('An alarm', () => {
  it('rings once at its moment, not before', async () => {
    const clock = simulatedClock()
    const ring = vi.fn()
    createTimers(clock)
      .alarm(ring)
      .set(START + 5_000)
    await clock.advance(4_999)
    expect(ring).not.toHaveBeenCalled()
    await clock.advance(1)
    await clock.advance(DAY)
    expect(ring).toHaveBeenCalledTimes(1)
    expect(clock.pending).toBe(0)
  })

  it('waits in pieces of a minute for what is far away', async () => {
    const clock = simulatedClock()
    const rung: number[] = []
    createTimers(clock)
      .alarm(() => rung.push(clock.now()))
      .set(START + 30 * DAY)
    await clock.advance(31 * DAY)
    expect(rung).toEqual([START + 30 * DAY])
    expect(Math.max(...clock.delays)).toBe(60_000)
  })

  it('rings in a millisecond, not at once, when its moment is past', async () => {
    const clock = simulatedClock()
    const ring = vi.fn()
    createTimers(clock)
      .alarm(ring)
      .set(START - DAY)
    expect(ring).not.toHaveBeenCalled()
    expect(clock.delays).toEqual([1])
    await clock.advance(1)
    expect(ring).toHaveBeenCalledTimes(1)
  })

  it('has one moment: a new one replaces it, the same one changes nothing, null is never', async () => {
    const clock = simulatedClock()
    const rung: number[] = []
    const alarm = createTimers(clock).alarm(() => rung.push(clock.now() - START))
    alarm.set(START + 100)
    alarm.set(START + 100)
    expect(clock.delays).toHaveLength(1)
    alarm.set(START + 50)
    expect(clock.pending).toBe(1)
    await clock.advance(200)
    alarm.set(START + 300)
    alarm.set(null)
    expect(clock.pending).toBe(0)
    await clock.advance(DAY)
    expect(rung).toEqual([50])
  })

  it('may be set again while it rings, for the same moment too', async () => {
    const clock = simulatedClock()
    let rings = 0
    const alarm = createTimers(clock).alarm(() => {
      rings += 1
      if (rings < 3) alarm.set(START + 10)
    })
    alarm.set(START + 10)
    await clock.advance(20)
    expect(rings).toBe(3)
  })

  it('believes the wall clock: an early timer waits on, one after a sleep rings at once', async () => {
    const clock = simulatedClock()
    const ring = vi.fn()
    const alarm = createTimers(clock).alarm(ring)
    alarm.set(START + 10_000)
    clock.jump(-900)
    await clock.advance(10_000)
    expect(ring).not.toHaveBeenCalled()
    await clock.advance(900)
    expect(ring).toHaveBeenCalledTimes(1)
    alarm.set(clock.now() + 8 * 3_600_000)
    clock.sleep(9 * 3_600_000)
    await clock.advance(0)
    expect(ring).toHaveBeenCalledTimes(2)
  })
})

describe('A clock that is set back', () => {
  it.each([
    [1_000, 0],
    [1_001, 1],
    [3_600_000, 1],
  ])('by %i ms is told %i times', (byMs, times) => {
    const clock = simulatedClock()
    const onSetBack = vi.fn()
    const timers = createTimers(clock, onSetBack)
    clock.jump(-byMs)
    expect(timers.now()).toBe(START - byMs)
    expect(timers.now()).toBe(START - byMs)
    expect(onSetBack.mock.calls).toEqual(Array(times).fill([byMs]))
  })

  it('moves every alarm with it, and none that is off', async () => {
    const clock = simulatedClock()
    const timers = createTimers(clock)
    const rung: string[] = []
    timers.alarm(() => rung.push('one')).set(START + 10_000)
    timers.alarm(() => rung.push('two')).set(START + 20_000)
    const off = timers.alarm(() => rung.push('off'))
    off.set(START + 1)
    off.set(null)
    clock.jump(-3_600_000)
    timers.now()
    await clock.advance(10_000)
    expect(rung).toEqual(['one'])
    await clock.advance(10_000)
    expect(rung).toEqual(['one', 'two'])
  })

  it('is noticed by the alarm’s own check', async () => {
    const clock = simulatedClock()
    const rung: number[] = []
    createTimers(clock)
      .alarm(() => rung.push(clock.now()))
      .set(START + 300_000)
    clock.jump(-3_600_000)
    await clock.advance(360_000)
    expect(rung).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  // It leaves two timers, of which one is nobody's: the check goes on waiting by itself.
  it('lets who is told set the alarm anew, with one timer', async () => {
    const clock = simulatedClock()
    const ring = vi.fn()
    const timers = createTimers(clock, () => alarm.set(clock.now() + 5_000))
    const alarm = timers.alarm(ring)
    alarm.set(START + 30_000)
    clock.jump(-3_600_000)
    await clock.advance(30_000)
    expect(clock.pending).toBe(1)
    await clock.advance(5_000)
    expect(ring).toHaveBeenCalledTimes(1)
    expect(clock.pending).toBe(0)
  })

  it('is not told of one that is set forward', () => {
    const clock = simulatedClock()
    const onSetBack = vi.fn()
    const timers = createTimers(clock, onSetBack)
    clock.jump(DAY)
    expect(timers.now()).toBe(START + DAY)
    expect(onSetBack).not.toHaveBeenCalled()
  })
})

describe('Timers of Node', () => {
  const nodeClock = () => {
    const log: string[] = []
    const clock = simulatedClock()
    let count = 0
    const handles = new Map<object, unknown>()
    const setTimeout = (callback: () => void, delayMs: number) => {
      const number = ++count
      const handle = { ref: () => log.push(`ref ${number}`), unref: () => log.push(`unref ${number}`) }
      handles.set(handle, clock.setTimeout(callback, delayMs))
      return handle
    }
    const clearTimeout = (handle: unknown) => clock.clearTimeout(handles.get(handle as object))
    return { log, clock, timers: createTimers({ now: clock.now, setTimeout, clearTimeout }) }
  }

  it('keep the process alive only while they are held', async () => {
    const { log, clock, timers } = nodeClock()
    timers.alarm(() => {}).set(START + 100)
    timers.hold(true)
    timers.hold(true)
    timers.alarm(() => {}).set(START + 200)
    timers.hold(false)
    expect(log).toEqual(['unref 1', 'ref 1', 'ref 2', 'unref 1', 'unref 2'])
    await clock.advance(200)
    timers.hold(true)
    expect(log).toHaveLength(5)
  })

  it('that were cleared are not touched again', () => {
    const { log, timers } = nodeClock()
    const alarm = timers.alarm(() => {})
    alarm.set(START + 100)
    alarm.set(null)
    timers.hold(true)
    expect(log).toEqual(['unref 1'])
  })

  it('may be numbers, as in a browser, or null', () => {
    const timers = createTimers({ now: () => START, setTimeout: () => null, clearTimeout: () => {} })
    timers.alarm(() => {}).set(START + 1)
    expect(() => timers.hold(true)).not.toThrow()
  })
})
