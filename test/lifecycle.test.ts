import { describe, expect, it } from 'vitest'
import { callOf, START, scene, states, statuses, UNUSABLE, watch } from './behaviour/setup'
import { settle } from './helpers/clock'
import { byHand, failure } from './helpers/fetcher'

describe('An answer that comes when time has brought something that no timer has told yet', () => {
  const overslept = async () => {
    const set = scene()
    await set.store.fetch()
    set.endpoint.next(byHand)
    await set.until(START + 500_000)
    // Served with the token in hand, which starts the refresh.
    await set.store.fetch()
    const told = states(set.store)
    set.clock.sleep(UNUSABLE - set.clock.now())
    return { ...set, told }
  }

  it('finds the token ended, when it is dead itself: nobody is told that it is valid', async () => {
    const { endpoint, told, clock } = await overslept()
    endpoint.call(2).succeed({ issuedAt: clock.now() - 700_000 })
    await settle()
    expect(statuses(told)).toEqual(['refreshing', 'fetching', 'idle'])
  })

  it('finds the token ended, when it is a failure: nobody is given it', async () => {
    const { endpoint, told } = await overslept()
    endpoint.call(2).fail()
    await settle()
    expect(statuses(told).slice(0, 2)).toEqual(['refreshing', 'fetching'])
    expect(told.at(-1)?.token).toBeNull()
  })

  it('takes its place when it is good', async () => {
    const { endpoint, told, store } = await overslept()
    endpoint.call(2).succeed()
    await settle()
    expect(statuses(told)).toEqual(['refreshing', 'fetching', 'valid'])
    expect(callOf(await store.fetch())).toBe(2)
  })
})

describe('Whoever invalidates within a notification', () => {
  it('and fetches in the same breath gets a new token, not the one just told', async () => {
    const { store } = scene()
    let fetched: ReturnType<typeof watch> | undefined
    store.subscribe(({ status }) => {
      if (status !== 'valid' || fetched) return
      store.invalidate()
      fetched = watch(store.fetch())
    })
    await store.fetch()
    await settle()
    expect(callOf(fetched?.credentials)).toBe(2)
  })

  it('and fetches while others wait is answered with them', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand)
    const late: ReturnType<typeof watch>[] = []
    store.events$.subscribe(({ type }) => {
      if (type !== 'attempt' || late.length > 0) return
      late.push(watch(store.fetch()))
      store.invalidate()
      late.push(watch(store.fetch()))
    })
    const first = watch(store.fetch())
    await settle()
    expect([first, ...late].map(({ credentials }) => callOf(credentials))).toEqual([2, 2, 2])
  })
})

describe('A lifecycle in use', () => {
  it('is one whose token is always kept fresh, from its first fetch on', async () => {
    const { store } = scene({ keepFresh: 'always', maxLifecycles: 1 })
    const evicted: string[] = []
    store.events$.subscribe(({ type, lifecycle }) => {
      if (type === 'evicted') evicted.push(lifecycle)
    })
    await store.fetch({ roomName: 'A' })
    store.lifecycle({ roomName: 'never fetched' })
    await store.fetch({ roomName: 'B' })
    expect(evicted).toEqual(['2'])
  })

  it('is one with an attempt under way, though nobody waits for it any more', async () => {
    const { store, endpoint } = scene({ maxLifecycles: 1 })
    endpoint.next(byHand)
    const controller = new AbortController()
    watch(store.fetch({ roomName: 'A' }, { signal: controller.signal }))
    controller.abort()
    await store.fetch({ roomName: 'B' })
    expect(endpoint.call(1).context.signal.aborted).toBe(false)
    endpoint.call(1).succeed()
    await settle()
    expect(callOf(await store.fetch({ roomName: 'A' }))).toBe(1)
  })
})

describe('What remains of a token', () => {
  it('is never negative, and nothing without one', async () => {
    const { store, clock, endpoint } = scene()
    const told: number[] = []
    store
      .lifecycle()
      .remaining$()
      .subscribe((ms) => told.push(ms))
    await store.fetch()
    endpoint.usually(failure(500))
    clock.sleep(700_000)
    await clock.advance(1_000)
    expect(told.slice(0, 2)).toEqual([0, 600_000])
    expect(told.at(-1)).toBe(0)
    expect(Math.min(...told)).toBe(0)
  })
})
