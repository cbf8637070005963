import { NEVER, Subject } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { checkedOptions } from '../src/options'
import type { Registry } from '../src/registry'
import { watchSurroundings } from '../src/surroundings'
import { simulatedClock } from './helpers/clock'
import { scriptedFetcher } from './helpers/fetcher'

function scene() {
  const clock = simulatedClock()
  const online$ = new Subject<boolean>()
  const wake$ = new Subject<void>()
  const { fetchToken } = scriptedFetcher(clock)
  const options = checkedOptions({ fetchToken, clock, environment: { online$, wake$ } })
  const told: unknown[] = []
  const registry = {
    disposed: false,
    lifecycles: [{ wake: () => told.push('wake') }, { wake: () => told.push('wake') }],
    setOnline: (online: boolean) => told.push(online),
  }
  const surroundings = watchSurroundings(options, registry as unknown as Registry)
  return { clock, online$, wake$, told, registry, surroundings }
}

describe('The surroundings', () => {
  it('are listened to from start to stop, once', () => {
    const { online$, wake$, told, surroundings } = scene()
    expect([online$.observed, wake$.observed]).toEqual([false, false])
    surroundings.start()
    surroundings.start()
    online$.next(false)
    expect(told).toEqual([false])
    surroundings.stop()
    expect([online$.observed, wake$.observed]).toEqual([false, false])
  })

  it('are not listened to for a registry that was disposed of', () => {
    const { online$, registry, surroundings } = scene()
    registry.disposed = true
    surroundings.start()
    expect(online$.observed).toBe(false)
  })

  it('wake every lifecycle, at most every 5 s', () => {
    const { clock, wake$, told, surroundings } = scene()
    surroundings.start()
    wake$.next()
    expect(told).toEqual(['wake', 'wake'])
    clock.jump(4_999)
    wake$.next()
    expect(told).toHaveLength(2)
    clock.jump(1)
    wake$.next()
    expect(told).toHaveLength(4)
  })

  it('wake them after the clock was set back', () => {
    const { clock, wake$, told, surroundings } = scene()
    surroundings.start()
    wake$.next()
    clock.jump(-3_600_000)
    wake$.next()
    expect(told).toHaveLength(4)
  })

  it.each(['error', 'complete'] as const)(
    'go quiet by the %s of wake$, and the network is heard on',
    (how) => {
      const { online$, wake$, told, surroundings } = scene()
      surroundings.start()
      if (how === 'error') wake$.error(new Error('gone'))
      else wake$.complete()
      online$.next(false)
      expect(told).toEqual([false])
    },
  )

  // The end of online$ takes the subscription to wake$ with it.
  it.each(['error', 'complete'] as const)('go quiet by the %s of online$, and a wake is heard on', (how) => {
    const { online$, wake$, told, surroundings } = scene()
    surroundings.start()
    if (how === 'error') online$.error(new Error('gone'))
    else online$.complete()
    wake$.next()
    expect(told).toEqual(['wake', 'wake'])
  })

  it('may have nothing to say', () => {
    const options = checkedOptions({
      fetchToken: () => Promise.reject(new Error('not asked')),
      environment: { online$: NEVER, wake$: NEVER },
    })
    const registry = { disposed: false, lifecycles: [] } as unknown as Registry
    const surroundings = watchSurroundings(options, registry)
    expect(() => {
      surroundings.start()
      surroundings.stop()
      surroundings.stop()
    }).not.toThrow()
  })
})
