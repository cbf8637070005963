import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../src/clock'

describe('The system’s clock', () => {
  afterEach(() => void vi.useRealTimers())

  it('sees timers that were faked after it was made', () => {
    vi.useFakeTimers({ now: 5_000 })
    const ring = vi.fn()
    systemClock.setTimeout(ring, 1_000)
    const other = systemClock.setTimeout(ring, 2_000)
    expect(systemClock.now()).toBe(5_000)
    vi.advanceTimersByTime(1_000)
    expect(systemClock.now()).toBe(6_000)
    expect(ring).toHaveBeenCalledTimes(1)
    systemClock.clearTimeout(other)
    vi.advanceTimersByTime(10_000)
    expect(ring).toHaveBeenCalledTimes(1)
  })

  it('gives handles that need not keep a process alive', () => {
    const handle = systemClock.setTimeout(() => {}, 60_000) as { unref?: unknown }
    expect(handle.unref).toBeTypeOf('function')
    systemClock.clearTimeout(handle)
  })
})
