import type { TokenStore } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { failure } from '../helpers/fetcher'
import { callOf, DUE, START, scene, states, statuses, UNUSABLE } from './setup'

describe('A token that is observed', () => {
  it.each<[string, (store: TokenStore) => void]>([
    ['store.state$', (store) => store.state$.subscribe()],
    ['store.subscribe', (store) => store.subscribe()],
    ['a lifecycle’s state$', (store) => store.lifecycle().state$.subscribe()],
    ['a lifecycle’s status$', (store) => store.lifecycle().status$.subscribe()],
    ['a lifecycle’s subscribe', (store) => store.lifecycle().subscribe(() => {})],
  ])('is renewed on time by %s', async (_by, observe) => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    observe(store)
    await until(DUE - 1)
    expect(endpoint.calls).toHaveLength(1)
    await until(DUE)
    expect(endpoint.calls).toHaveLength(2)
    expect(endpoint.call(2).context).toMatchObject({ reason: 'refresh', force: false, attempt: 1 })
  })

  it.each<[string, (store: TokenStore) => void]>([
    ['events$', (store) => store.events$.subscribe()],
    ['remaining$', (store) => store.lifecycle().remaining$().subscribe()],
    ['lifecycles$', (store) => store.lifecycles$.subscribe()],
    ['getSnapshot', (store) => store.getSnapshot()],
    ['a handle', (store) => store.lifecycle().getSnapshot()],
  ])('is not observed by %s: it is left to expire', async (_by, look) => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    look(store)
    await until(UNUSABLE + 10_000)
    expect(endpoint.calls).toHaveLength(1)
    expect(store.getSnapshot().status).toBe('idle')
  })

  it('goes valid, expiring, refreshing, valid, each told though the next follows at once', async () => {
    const { store, until } = scene()
    await store.fetch()
    const told = states(store)
    await until(DUE)
    expect(statuses(told)).toEqual(['valid', 'expiring', 'refreshing', 'valid'])
    expect(told[1]).toMatchObject({ since: DUE, token: { ordinal: 1 } })
    expect(told[3]).toMatchObject({ since: DUE, token: { ordinal: 2 } })
  })

  it('is renewed again and again', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    await until(START + 4 * 480_000)
    expect(endpoint.times).toEqual([0, 480_000, 960_000, 1_440_000, 1_920_000])
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 5 } })
  })

  it('is renewed at once when its first subscriber comes while it is expiring', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    await until(DUE + 30_000)
    store.subscribe()
    await settle()
    expect(endpoint.times).toEqual([0, 510_000])
  })

  it('is left to expire after its last subscriber has gone, renewed as long as there is one', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    const first = store.subscribe()
    const second = store.lifecycle().status$.subscribe()
    first()
    await until(DUE)
    expect(endpoint.calls).toHaveLength(2)
    second.unsubscribe()
    await until(DUE + 3_600_000)
    expect(endpoint.calls).toHaveLength(2)
    expect(store.getSnapshot().status).toBe('idle')
  })

  it('is renewed by the next fetch when it was left to expire', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    await until(UNUSABLE + 60_000)
    expect(callOf(await store.fetch())).toBe(2)
    expect(endpoint.call(2).context.reason).toBe('expired')
  })

  it('is asked for by a fetch first: a subscriber alone asks nothing', async () => {
    const { store, endpoint, clock } = scene()
    store.subscribe()
    store.lifecycle({ roomName: 'B' }).subscribe()
    await clock.advance(3_600_000)
    expect(endpoint.calls).toHaveLength(0)
    expect(store.getSnapshot().status).toBe('idle')
  })
})

describe('The store’s own subscribers', () => {
  it('observe the lifecycle asked for last, and leave the one before to expire', async () => {
    const { store, endpoint, until } = scene()
    store.subscribe()
    await store.fetch({ roomName: 'A' })
    await store.fetch({ roomName: 'B' })
    await until(DUE + 1_000)
    expect(endpoint.calls.slice(2).map((call) => call.request.roomName)).toEqual(['B'])
    await until(UNUSABLE)
    expect(store.lifecycle({ roomName: 'A' }).getSnapshot().status).toBe('idle')
  })

  it('observe the lifecycle that was asked for before they came', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch({ roomName: 'A' })
    await store.fetch({ roomName: 'B' })
    await store.fetch({ roomName: 'A' })
    store.state$.subscribe()
    await until(DUE)
    expect(endpoint.calls.slice(2).map((call) => call.request.roomName)).toEqual(['A'])
  })
})

describe('keepFresh: always', () => {
  it('renews on time from the first fetch on, though nobody observes', async () => {
    const { store, endpoint, clock, until } = scene({ keepFresh: 'always' })
    store.lifecycle()
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(0)
    await store.fetch()
    await until(START + 60_000 + 2 * 480_000)
    expect(endpoint.times).toEqual([0, 480_000, 960_000])
  })

  it('counts as observed: a token whose refreshes all failed goes fetching, then failed', async () => {
    const { store, endpoint, until } = scene({ keepFresh: 'always' })
    await store.fetch()
    endpoint.usually(failure(500))
    await until(UNUSABLE + 120_000)
    expect(endpoint.calls.some((call) => call.at >= UNUSABLE)).toBe(true)
    expect(store.getSnapshot().status).toBe('failed')
  })

  it('renews every lifecycle that was fetched', async () => {
    const { store, endpoint, until } = scene({ keepFresh: 'always' })
    await store.fetch({ roomName: 'A' })
    await store.fetch({ roomName: 'B' })
    await until(DUE)
    expect(
      endpoint.calls
        .slice(2)
        .map((call) => call.request.roomName)
        .sort(),
    ).toEqual(['A', 'B'])
  })

  it('ends with dispose', async () => {
    const { store, endpoint, clock } = scene({ keepFresh: 'always' })
    await store.fetch()
    store.dispose()
    await clock.advance(3_600_000)
    expect(endpoint.calls).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })
})

describe('keepFresh: never', () => {
  it('renews only on fetch, though somebody observes', async () => {
    const { store, endpoint, until } = scene({ keepFresh: 'never' })
    await store.fetch()
    const told = states(store)
    await until(UNUSABLE + 60_000)
    expect(endpoint.calls).toHaveLength(1)
    expect(statuses(told)).toEqual(['valid', 'expiring', 'idle'])
  })

  it('starts the refresh with a fetch of the expiring token, which is served meanwhile', async () => {
    const { store, endpoint, until } = scene({ keepFresh: 'never' })
    await store.fetch()
    await until(DUE + 1)
    expect(callOf(await store.fetch())).toBe(1)
    await settle()
    expect(endpoint.calls).toHaveLength(2)
    expect(callOf(await store.fetch())).toBe(2)
  })
})
