import { BehaviorSubject } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { createHandle } from '../src/handle'
import type { Lifecycle } from '../src/lifecycle'
import { createTimers } from '../src/timers'
import { idleState } from '../src/token-state'
import type { FetchOptions, TokenLifecycle, TokenState } from '../src/types'
import { START, simulatedClock } from './helpers/clock'
import { credentials } from './helpers/tokens'

const initial = idleState(START)
const answer = credentials({ issuedAt: START })

function scene({ lives = false } = {}) {
  const clock = simulatedClock()
  const log: unknown[] = []
  const states$ = new BehaviorSubject<TokenState>({ ...initial, attempt: 1 })
  const lifecycle = {
    states$,
    stopped: false,
    remainingMs: 7_000,
    state: states$.value,
    observe: () => () => {},
    invalidate: () => log.push('invalidate'),
  } as unknown as Lifecycle
  let living = lives
  const request = { roomName: 'A', participantAttributes: { a: '1' } }
  const handle = createHandle(request, {
    timers: createTimers(clock),
    initial,
    find: () => (living ? lifecycle : undefined),
    alive: (by: TokenLifecycle) => {
      log.push(by === handle ? 'alive' : 'alive by a stranger')
      living = true
      return lifecycle
    },
    fetch: (_by: TokenLifecycle, options?: FetchOptions) => {
      log.push(options)
      return Promise.resolve(answer)
    },
  })
  return { handle, log, request, clock, lifecycle }
}

describe('A handle', () => {
  it('has a frozen copy of its request', () => {
    const { handle, request } = scene()
    expect(handle.request).toEqual(request)
    expect(handle.request).not.toBe(request)
    expect(Object.isFrozen(handle.request.participantAttributes)).toBe(true)
  })

  it('starts nothing by being made, looked at, or told to forget what is not there', () => {
    const { handle, log } = scene()
    expect(handle.getSnapshot()).toBe(initial)
    handle.invalidate()
    handle.remaining$()
    expect(log).toEqual([])
  })

  it('tells the state of the lifecycle that lives', () => {
    const { handle, lifecycle } = scene({ lives: true })
    const { getSnapshot } = handle
    expect(getSnapshot()).toBe(lifecycle.state)
  })

  it.each<[string, (handle: TokenLifecycle) => unknown]>([
    ['state$', (handle) => handle.state$.subscribe()],
    ['status$', (handle) => handle.status$.subscribe()],
    ['remaining$', (handle) => handle.remaining$().subscribe()],
    ['subscribe', ({ subscribe }) => subscribe()],
  ])('starts its lifecycle anew by a subscriber of %s', (_name, look) => {
    const { handle, log } = scene()
    look(handle)
    expect(log).toEqual(['alive'])
    expect(handle.getSnapshot()).not.toBe(initial)
  })

  it('tells what remains every second unless told otherwise', async () => {
    for (const [everyMs, ticks] of [
      [undefined, 1],
      [250, 4],
    ] as const) {
      const { handle, clock, lifecycle } = scene()
      const told: number[] = []
      handle.remaining$(everyMs).subscribe((ms) => told.push(ms))
      Object.defineProperty(lifecycle, 'remainingMs', { get: () => 7_000 - (clock.now() - START) })
      await clock.advance(1_000)
      expect(told).toHaveLength(1 + ticks)
    }
  })

  it('passes a fetch on with its options, and refreshes by force', async () => {
    const { handle, log } = scene()
    const { signal } = new AbortController()
    expect(await handle.fetch()).toBe(answer)
    await handle.fetch({ signal })
    expect(await handle.refresh()).toBe(answer)
    expect(log).toEqual([undefined, { signal }, { force: true }])
  })

  it('has its living lifecycle forget the token', () => {
    const { handle, log } = scene({ lives: true })
    handle.invalidate()
    expect(log).toEqual(['invalidate'])
  })
})
