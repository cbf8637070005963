import { BehaviorSubject, Subject } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Lifecycle } from '../src/lifecycle'
import { observedStates, remaining, statuses, subscribeTo } from '../src/streams'
import { createTimers } from '../src/timers'
import { idleState } from '../src/token-state'
import type { TokenState } from '../src/types'
import { START, simulatedClock } from './helpers/clock'

const marbles = () => new TestScheduler((actual, expected) => expect(actual).toEqual(expected))
const state = (status: 'idle' | 'fetching' | 'failed', attempt = 0): TokenState => ({
  ...idleState(START),
  status,
  token: null,
  attempt,
})
const idle = state('idle')

function fake(stopped = false) {
  const states$ = new BehaviorSubject<TokenState>(idle)
  const observers: string[] = []
  const lifecycle = {
    stopped,
    states$,
    remainingMs: 0,
    get state() {
      return states$.value
    },
    observe() {
      observers.push(`came, ${states$.observed ? 'subscribed' : 'not subscribed'}`)
      return () => observers.push('left')
    },
  }
  return { lifecycle, states$, observers, real: lifecycle as unknown as Lifecycle }
}

describe('Observed states', () => {
  it('count their subscriber as an observer, from after the subscription until it leaves', () => {
    const { real, observers, states$ } = fake()
    const told: TokenState[] = []
    const subscription = observedStates(real).subscribe((next) => told.push(next))
    expect(told).toEqual([idle])
    expect(observers).toEqual(['came, subscribed'])
    subscription.unsubscribe()
    expect(observers).toEqual(['came, subscribed', 'left'])
    expect(states$.observed).toBe(false)
  })

  it('end with the lifecycle, and observe no longer', () => {
    const { real, observers, states$ } = fake()
    const complete = vi.fn()
    observedStates(real).subscribe({ complete })
    states$.complete()
    expect(complete).toHaveBeenCalledTimes(1)
    expect(observers.at(-1)).toBe('left')
  })

  it('of a stopped lifecycle are its last state, observed by nobody', () => {
    const { real, observers } = fake(true)
    const told: unknown[] = []
    observedStates(real).subscribe({ next: (next) => told.push(next), complete: () => told.push('end') })
    expect(told).toEqual([idle, 'end'])
    expect(observers).toEqual([])
  })
})

describe('Statuses', () => {
  it('tell each change once', () => {
    marbles().run(({ cold, expectObservable }) => {
      const states = { i: idle, f: state('fetching', 1), g: state('fetching', 2), x: state('failed') }
      const states$ = cold('   i-f-g-x-|', states)
      expectObservable(statuses(states$)).toBe('i-f---x-|', { i: 'idle', f: 'fetching', x: 'failed' })
    })
  })
})

describe('What remains', () => {
  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('every %d ms is a TypeError', (everyMs) => {
    const timers = createTimers(simulatedClock())
    expect(() => remaining(() => fake().real, timers, everyMs)).toThrow(/"everyMs" must be a positive number/)
  })

  it('is told at once, on each change and every so often, and never twice the same', async () => {
    const clock = simulatedClock()
    const { real, lifecycle, states$, observers } = fake()
    const told: number[] = []
    const subscription = remaining(() => real, createTimers(clock), 1_000).subscribe((ms) => told.push(ms))
    expect(told).toEqual([0])
    lifecycle.remainingMs = 5_000
    states$.next(state('fetching'))
    lifecycle.remainingMs = 4_000
    await clock.advance(999)
    expect(told).toEqual([0, 5_000])
    await clock.advance(1)
    lifecycle.remainingMs = 3_000
    await clock.advance(1_000)
    await clock.advance(1_000)
    expect(told).toEqual([0, 5_000, 4_000, 3_000])
    expect(observers).toEqual([])
    subscription.unsubscribe()
    expect(clock.pending).toBe(0)
    expect(states$.observed).toBe(false)
  })

  it('ends with the lifecycle, and leaves no timer', () => {
    const clock = simulatedClock()
    const { real, states$ } = fake()
    const complete = vi.fn()
    remaining(() => real, createTimers(clock), 1_000).subscribe({ complete })
    states$.complete()
    expect(complete).toHaveBeenCalledTimes(1)
    expect(clock.pending).toBe(0)
  })
})

describe('subscribeTo', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('returns what can be called and has unsubscribe', () => {
    for (const leave of ['call', 'method'] as const) {
      const values$ = new Subject<number>()
      const told: number[] = []
      const unsubscribe = subscribeTo(values$, (value) => told.push(value))
      values$.next(1)
      if (leave === 'call') unsubscribe()
      else unsubscribe.unsubscribe()
      values$.next(2)
      expect(told).toEqual([1])
      expect(values$.observed).toBe(false)
    }
  })

  it('reports a listener that throws, and goes on telling it', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {})
    const values$ = new Subject<number>()
    const error = new Error('the listener’s')
    const told: number[] = []
    subscribeTo(values$, (value) => {
      told.push(value)
      if (value === 1) throw error
    })
    values$.next(1)
    values$.next(2)
    expect(told).toEqual([1, 2])
    expect(report.mock.calls).toEqual([[error]])
  })

  it('needs no listener', () => {
    const values$ = new Subject<number>()
    subscribeTo(values$, undefined)
    expect(() => values$.next(1)).not.toThrow()
    expect(values$.observed).toBe(true)
  })
})
