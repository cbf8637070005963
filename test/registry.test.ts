import { describe, expect, it, onTestFinished } from 'vitest'
import type { Lifecycle } from '../src/lifecycle'
import { checkedOptions } from '../src/options'
import { Registry } from '../src/registry'
import { requestKey } from '../src/request'
import type { TokenEvent, TokenLifecycle, TokenStoreOptions } from '../src/types'
import { START, settle, simulatedClock } from './helpers/clock'
import { scriptedFetcher } from './helpers/fetcher'

function scene(options: Partial<TokenStoreOptions> = {}) {
  const clock = simulatedClock()
  const endpoint = scriptedFetcher(clock)
  const registry = new Registry(
    checkedOptions({ fetchToken: endpoint.fetchToken, clock, random: () => 0, ...options }),
    (request, key) => ({ request, key }) as unknown as TokenLifecycle,
  )
  onTestFinished(() => registry.dispose())
  const events: TokenEvent[] = []
  registry.events$.subscribe((event) => events.push(event))
  const enter = (roomName: string) => registry.enter({ roomName }).lifecycle
  const rooms = () => registry.handles$.value.map(({ request }) => request.roomName)
  return { clock, endpoint, registry, events, enter, rooms }
}

describe('The registry', () => {
  it('has one lifecycle for requests of one value', () => {
    const { registry, enter } = scene()
    const a = enter('A')
    expect(registry.enter({ roomName: 'A', agentName: undefined }).lifecycle).toBe(a)
    expect(enter('B')).not.toBe(a)
    expect(registry.find(requestKey({ roomName: 'A' }))).toBe(a)
    expect(registry.find(requestKey({ roomName: 'C' }))).toBeUndefined()
  })

  it('gives ordinals and handles in the order of birth, each told once', () => {
    const { registry, enter, rooms } = scene()
    const told: number[] = []
    registry.handles$.subscribe((handles) => told.push(handles.length))
    for (const room of ['B', 'A', 'B', 'C']) enter(room)
    expect(rooms()).toEqual(['B', 'A', 'C'])
    expect(told).toEqual([0, 1, 2, 3])
    expect(registry.enter({ roomName: 'C' }).ordinal).toBe('3')
  })

  it('copies a request before the lifecycle has it', () => {
    const { registry } = scene()
    const request = { roomName: 'A' }
    const { lifecycle } = registry.enter(request)
    request.roomName = 'B'
    expect(lifecycle.request).toEqual({ roomName: 'A' })
  })

  it('keeps the handle of a lifecycle that starts anew', () => {
    const { registry } = scene()
    const handle = { request: {} } as unknown as TokenLifecycle
    expect(registry.enter({}, '', handle).handle).toBe(handle)
  })

  it('stamps what is reported with the time and the ordinal', async () => {
    const { registry, clock, events } = scene()
    await clock.advance(7)
    registry.report({ roomName: 'A' }, { type: 'command', name: 'refresh' })
    expect(events).toEqual([{ type: 'command', name: 'refresh', at: START + 7, lifecycle: '1' }])
  })

  it('tells each lifecycle of the network, the ones that come later too', async () => {
    const { registry, endpoint, enter, clock } = scene()
    registry.setOnline(false)
    endpoint.usually(() => Promise.reject(new Error('gone')))
    enter('A')
      .fetch()
      ?.catch(() => {})
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(1)
    registry.setOnline(true)
    await settle()
    expect(endpoint.calls).toHaveLength(2)
  })
})

describe('The lifecycles that make room', () => {
  it('are the least recently used, told as evicted, stopped and forgotten', () => {
    const { registry, events, enter, rooms } = scene({ maxLifecycles: 2 })
    const [a, b] = [enter('A'), enter('B')]
    enter('A')
    enter('C')
    expect(rooms()).toEqual(['A', 'C'])
    expect([a.stopped, b.stopped]).toEqual([false, true])
    expect(events).toEqual([{ type: 'evicted', at: START, lifecycle: '2' }])
    expect(registry.lifecycles).not.toContain(b)
  })

  it('are never one in use, even when too many are, and go once they are used no more', () => {
    const { enter, rooms } = scene({ maxLifecycles: 1 })
    const subscription = enter('A').states$.subscribe()
    enter('B')
    expect(rooms()).toEqual(['A', 'B'])
    subscription.unsubscribe()
    enter('C')
    expect(rooms()).toEqual(['C'])
  })

  it('are not the one that needs the room', () => {
    const { enter, rooms } = scene({ maxLifecycles: 1 })
    for (const room of ['A', 'B', 'C']) enter(room)
    expect(rooms()).toEqual(['C'])
  })

  it('may be the one asked for last, which then is none', () => {
    const { registry, enter } = scene({ maxLifecycles: 1 })
    const a = enter('A')
    registry.ask(a)
    enter('B')
    expect(registry.last$.value).toBeNull()
  })

  it('leave the one asked for last alone when they are others', () => {
    const { registry, enter } = scene({ maxLifecycles: 2 })
    enter('A')
    const b = enter('B')
    registry.ask(b)
    enter('C')
    expect(registry.last$.value).toBe(b)
  })
})

describe('The lifecycle asked for last', () => {
  it('is told at each change only', () => {
    const { registry, enter } = scene()
    const told: (Lifecycle | null)[] = []
    registry.last$.subscribe((lifecycle) => told.push(lifecycle))
    const [a, b] = [enter('A'), enter('B')]
    for (const lifecycle of [a, a, b]) registry.ask(lifecycle)
    expect(told).toEqual([null, a, b])
  })
})

describe('A registry that is disposed of', () => {
  it('stops each lifecycle, tells so once, empties and completes its streams', () => {
    const { registry, events, enter } = scene()
    const a = enter('A')
    const ended: string[] = []
    registry.handles$.subscribe({ complete: () => ended.push('handles') })
    registry.last$.subscribe({ complete: () => ended.push('last') })
    registry.events$.subscribe({ complete: () => ended.push('events') })
    registry.dispose()
    registry.dispose()
    expect([registry.disposed, a.stopped]).toEqual([true, true])
    expect(events).toEqual([{ type: 'disposed', at: START, lifecycle: '1' }])
    expect(ended.sort()).toEqual(['events', 'handles', 'last'])
    expect(registry.handles$.value).toEqual([])
    expect(registry.lifecycles).toEqual([])
  })

  it('bears lifecycles that are stopped from the beginning, and keeps none', () => {
    const { registry, enter } = scene()
    registry.dispose()
    const late = enter('A')
    expect(late.stopped).toBe(true)
    expect(registry.lifecycles).toEqual([])
    registry.ask(late)
    expect(registry.last$.value).toBeNull()
  })
})
