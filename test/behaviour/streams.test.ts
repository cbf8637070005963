import { Observable } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure, token } from '../helpers/fetcher'
import { DUE, type Scene, START, scene, watch } from './setup'

/** Records a stream on the simulated clock, to be compared with marbles: a frame is 1 ms after START. */
function record<T>({ clock }: Scene, source: Observable<T>) {
  const heard: { frame: number; value: T }[] = []
  const subscription = source.subscribe((value) => heard.push({ frame: clock.now() - START, value }))
  return {
    heard,
    values: () => heard.map((one) => one.value),
    stop: () => subscription.unsubscribe(),
    toBe(marbles: string, values: Record<string, T>) {
      const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected))
      scheduler.run(({ expectObservable }) => {
        const replayed = new Observable<T>((subscriber) => {
          for (const { frame, value } of heard) scheduler.schedule(() => subscriber.next(value), frame)
        })
        expectObservable(replayed).toBe(marbles, values)
      })
    },
  }
}

// A group of n marbles takes n + 2 frames, one marble takes one: what follows waits that much less.
const STATUS = { i: 'idle', f: 'fetching', v: 'valid', e: 'expiring', r: 'refreshing', x: 'failed' } as const

describe('status$', () => {
  it('tells each change once, the present status first, and keeps the token fresh', async () => {
    const set = scene()
    const status = record(set, set.store.lifecycle().status$)
    await set.store.fetch()
    await set.until(DUE + 480_000)
    status.toBe('(ifv) 479995ms (erv) 479995ms (erv)', STATUS)
  })

  it('tells a first fetch that fails twice: fetching all along, then failed', async () => {
    const set = scene({ retry: { maxAttempts: 2 } })
    const status = record(set, set.store.lifecycle().status$)
    set.endpoint.usually(failure(500))
    watch(set.store.fetch())
    await set.clock.advance(10_000)
    status.toBe('(if) 496ms x', STATUS)
  })

  it('tells a refresh that fails twice: expiring and refreshing by turns', async () => {
    const set = scene()
    const status = record(set, set.store.lifecycle().status$)
    await set.store.fetch()
    set.endpoint.next(failure(500), failure(500))
    await set.until(DUE + 10_000)
    status.toBe('(ifv) 479995ms (ere) 495ms (re) 496ms (rv)', STATUS)
  })

  it('tells nothing of what changes beside the status', async () => {
    const set = scene()
    const status = record(set, set.store.lifecycle().status$)
    set.endpoint.next(failure(500), failure(500))
    watch(set.store.fetch())
    await set.clock.advance(5_000)
    status.toBe('(if) 996ms v', STATUS)
  })
})

describe('state$', () => {
  it('begins with the present state, for each subscriber', async () => {
    const set = scene()
    await set.store.fetch()
    await settle()
    for (const source of [set.store.state$, set.store.lifecycle().state$, set.store.state$]) {
      expect(record(set, source).values()).toEqual([set.store.getSnapshot()])
    }
  })

  it('tells a change of error, attempt or nextAt as well as of the status', async () => {
    const set = scene()
    const state = record(set, set.store.state$)
    set.endpoint.next(failure(500), byHand)
    watch(set.store.fetch())
    await set.clock.advance(1_000)
    const seen = state.values().map(({ status, nextAt, error }) => [status, nextAt, error?.code ?? null])
    expect(seen).toEqual([
      ['idle', null, null],
      ['fetching', null, null],
      ['fetching', START + 500, 'fetch-failed'],
      ['fetching', null, 'fetch-failed'],
    ])
  })

  it('of the store follows the lifecycle asked for last, whose present state comes first', async () => {
    const set = scene()
    const rooms = record(set, set.store.state$)
    await set.store.fetch({ roomName: 'A' })
    await set.store.fetch({ roomName: 'B' })
    await set.store.fetch({ roomName: 'A' })
    await settle()
    const seen = rooms.values().map((state) => `${state.status} ${state.token?.room ?? '-'}`)
    expect(seen.at(-1)).toBe('valid A')
    expect(seen).toContain('valid B')
    expect(seen.indexOf('valid A')).toBeLessThan(seen.indexOf('valid B'))
    expect(set.store.getSnapshot().token?.room).toBe('A')
  })

  it('of the store is not moved by lifecycle, invalidate or looking', async () => {
    const { store } = scene()
    await store.fetch({ roomName: 'B' })
    await store.fetch({ roomName: 'A' })
    store.lifecycle({ roomName: 'B' })
    store.lifecycle({ roomName: 'B' }).getSnapshot()
    store.lifecycle({ roomName: 'B' }).subscribe()
    expect(store.getSnapshot().token?.room).toBe('A')
    store.invalidate({ roomName: 'B' })
    expect(store.getSnapshot().token?.room).toBe('A')
  })

  it('of the store is moved by fetch and refresh, of a handle too', async () => {
    const { store } = scene()
    await store.fetch({ roomName: 'A' })
    await store.refresh({ roomName: 'B' })
    expect(store.getSnapshot().token?.room).toBe('B')
    await store.lifecycle({ roomName: 'A' }).fetch()
    expect(store.getSnapshot().token?.room).toBe('A')
    await store.lifecycle({ roomName: 'B' }).refresh()
    expect(store.getSnapshot().token?.room).toBe('B')
  })

  it('of the store is moved as the fetch is made, not as it is answered', async () => {
    const { store, endpoint } = scene()
    await store.fetch({ roomName: 'A' })
    endpoint.next(byHand)
    watch(store.fetch({ roomName: 'B' }))
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', token: null })
  })
})

describe('subscribe', () => {
  it('calls next at once with the present state, then on each change', async () => {
    const { store } = scene()
    await store.fetch()
    const told: string[] = []
    const unsubscribe = store.subscribe((state) => told.push(state.status))
    expect(told).toEqual(['valid'])
    store.invalidate()
    expect(told).toEqual(['valid', 'idle'])
    unsubscribe()
    await store.fetch()
    expect(told).toEqual(['valid', 'idle'])
  })

  it('returns what is called, or has unsubscribe called, as often as one likes', async () => {
    const { store } = scene()
    await store.fetch()
    for (const of of [store, store.lifecycle()]) {
      for (const end of [
        (stop: ReturnType<typeof store.subscribe>) => stop(),
        (stop: { unsubscribe(): void }) => stop.unsubscribe(),
      ]) {
        let told = 0
        const stop = of.subscribe(() => {
          told += 1
        })
        end(stop)
        end(stop)
        store.invalidate()
        await store.fetch()
        expect(told).toBe(1)
      }
    }
  })
})

describe('remaining$', () => {
  it('tells the ms to the end at once and every second, and 0 when the token is gone', async () => {
    const set = scene()
    set.endpoint.usually(token({ lifetimeMs: 20_000 }))
    await set.store.fetch()
    const remaining = record(set, set.store.lifecycle().remaining$())
    await set.clock.advance(30_000)
    const values = remaining.values()
    expect(values.slice(0, 3)).toEqual([20_000, 19_000, 18_000])
    expect(values.at(-1)).toBe(0)
    expect(Math.min(...values)).toBe(0)
    for (const { frame, value } of remaining.heard) expect([0, 20_000 - frame]).toContain(value)
    // The token of 20 s is no longer usable 2 s before its end, and unobserved it is gone then.
    expect(remaining.heard.find((one) => one.value === 0)?.frame).toBe(18_000)
  })

  it('tells it as often as it is asked to', async () => {
    const set = scene()
    await set.store.fetch()
    const remaining = record(set, set.store.lifecycle().remaining$(250))
    await set.clock.advance(1_000)
    remaining.toBe('a 249ms b 249ms c 249ms d 249ms e', {
      a: 600_000,
      b: 599_750,
      c: 599_500,
      d: 599_250,
      e: 599_000,
    })
  })

  it('is 0 without a token, and tells a new one at once', async () => {
    const set = scene()
    const remaining = record(set, set.store.lifecycle().remaining$())
    expect(remaining.values()).toEqual([0])
    await set.clock.advance(2_500)
    await set.store.fetch()
    await settle()
    expect(remaining.heard.at(-1)).toEqual({ frame: 2_500, value: 600_000 })
  })

  it('leaves no timer when nobody listens any more', async () => {
    const set = scene()
    const remaining = record(set, set.store.lifecycle().remaining$())
    await set.clock.advance(5_000)
    remaining.stop()
    expect(set.clock.pending).toBe(0)
  })
})

describe('lifecycles$', () => {
  it('tells the lifecycles in the order of their birth, those there are first', async () => {
    const set = scene()
    await set.store.fetch({ roomName: 'B' })
    const lists = record(set, set.store.lifecycles$)
    await set.store.fetch({ roomName: 'A' })
    await set.store.fetch({ roomName: 'B' })
    const rooms = lists.values().map((list) => list.map((one) => one.request.roomName))
    expect(rooms[0]).toEqual(['B'])
    expect(rooms.at(-1)).toEqual(['B', 'A'])
  })

  it('tells handles that work', async () => {
    const set = scene()
    await set.store.fetch({ roomName: 'A' })
    const [handle] = record(set, set.store.lifecycles$).values()[0] ?? []
    expect(handle?.getSnapshot().token?.room).toBe('A')
    handle?.invalidate()
    expect(handle?.getSnapshot().status).toBe('idle')
  })
})
