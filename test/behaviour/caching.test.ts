import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, token } from '../helpers/fetcher'
import { callOf, DUE, events, rejection, START, scene, states, statuses, UNUSABLE, watch } from './setup'

describe('A token in hand', () => {
  it('is asked for by the first fetch, and handed over as the endpoint gave it', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand)
    const fetched = watch(store.fetch())
    await settle()
    expect(endpoint.calls).toHaveLength(1)
    expect(fetched.status).toBe('pending')
    const answer = endpoint.call(1).succeed()
    await settle()
    expect(fetched).toMatchObject({ status: 'fulfilled', credentials: answer })
  })

  it('answers the next fetch without asking the endpoint', async () => {
    const { store, endpoint, clock } = scene()
    const first = await store.fetch()
    await clock.advance(400_000)
    expect(await store.fetch()).toEqual(first)
    expect(endpoint.calls).toHaveLength(1)
  })

  it('answers without a new state, an event or a timer', async () => {
    const { store, clock } = scene()
    await store.fetch()
    const told = states(store)
    const heard = events(store)
    await settle()
    const before = { state: store.getSnapshot(), states: told.length, timers: clock.delays.length }
    await store.fetch()
    await store.fetch({ participantAttributes: {} })
    await settle()
    expect(store.getSnapshot()).toBe(before.state)
    expect(told).toHaveLength(before.states)
    expect(clock.delays).toHaveLength(before.timers)
    expect(heard).toEqual([])
  })

  it('answers while another request waits for an endpoint that hangs', async () => {
    const { store, endpoint } = scene()
    await store.fetch({ roomName: 'A' })
    endpoint.usually(byHand)
    const other = watch(store.fetch({ roomName: 'B' }))
    const cached = watch(store.fetch({ roomName: 'A' }))
    await settle()
    expect(cached.status).toBe('fulfilled')
    expect(other.status).toBe('pending')
  })

  it('is each request’s own: the second room never gets the token of the first', async () => {
    const { store, endpoint, clock } = scene({ retry: { maxAttempts: 1 } })
    await store.fetch({ roomName: 'A' })
    endpoint.next(byHand)
    const failed = rejection(store.fetch({ roomName: 'B' }))
    await settle()
    endpoint.call(2).fail()
    expect((await failed).code).toBe('fetch-failed')
    await clock.advance(1_000)
    const second = await store.fetch({ roomName: 'B' })
    expect(callOf(second)).toBe(3)
    expect(callOf(await store.fetch({ roomName: 'A' }))).toBe(1)
  })
})

describe('A token that is no longer usable', () => {
  it('is still handed over 1 ms before', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    endpoint.usually(byHand)
    await until(UNUSABLE - 1)
    expect(callOf(await store.fetch())).toBe(1)
  })

  it('is not handed over ten seconds before it expires: the fetch waits for a new one', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    await until(UNUSABLE)
    endpoint.next(byHand)
    const fetched = watch(store.fetch())
    await settle()
    expect(fetched.status).toBe('pending')
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', token: null })
    endpoint.call(2).succeed()
    await settle()
    expect(callOf(fetched.credentials)).toBe(2)
    expect(endpoint.call(2).context.reason).toBe('expired')
  })

  it('is not handed over though no timer has run yet since it ended', async () => {
    const { store, clock } = scene()
    await store.fetch()
    clock.jump(595_000)
    const fetched = watch(store.fetch())
    await settle()
    expect(callOf(fetched.credentials)).toBe(2)
  })
})

describe('The min validity', () => {
  const endOf = async (lifetimeMs: number, minValidityMs?: number) => {
    const { store, endpoint, clock } = scene(minValidityMs === undefined ? {} : { minValidityMs })
    endpoint.usually(token({ lifetimeMs }))
    await store.fetch()
    let last = 0
    // From the first whole second on which the unobserved token is gone, back to the one before.
    for (let second = 1; second <= lifetimeMs / 1_000; second += 1) {
      await clock.advance(1_000)
      if (store.getSnapshot().token === null) break
      last = second
    }
    return lifetimeMs - (last + 1) * 1_000
  }

  it.each([
    ['is 10 s by default', 600_000, undefined, 10_000],
    ['is at most a tenth of the lifetime', 50_000, undefined, 5_000],
    ['is the user’s', 600_000, 30_000, 30_000],
    ['may be 0', 100_000, 0, 0],
    ['is at most a tenth of the lifetime though the user asks for more', 100_000, 50_000, 10_000],
  ])('%s', async (_fact, lifetimeMs, option, expected) => {
    expect(await endOf(lifetimeMs, option)).toBe(expected)
  })
})

describe('Unobserved, the status stays true by timer', () => {
  it('goes valid, expiring, idle at the right moments and asks for nothing', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    const heard = events(store)
    await until(DUE - 1)
    expect(store.getSnapshot().status).toBe('valid')
    await until(DUE)
    expect(store.getSnapshot().status).toBe('expiring')
    await until(UNUSABLE - 1)
    expect(store.getSnapshot().status).toBe('expiring')
    await until(UNUSABLE)
    expect(store.getSnapshot()).toMatchObject({ status: 'idle', token: null, since: UNUSABLE })
    await until(START + 3_600_000)
    expect(endpoint.calls).toHaveLength(1)
    expect(heard.map((event) => [event.at, event.type])).toEqual([
      [DUE, 'state'],
      [UNUSABLE, 'state'],
    ])
  })

  it('begins with idle, fetching, valid at the first fetch', async () => {
    const { store } = scene()
    const told = states(store)
    await store.fetch()
    await settle()
    expect(statuses(told)).toEqual(['idle', 'fetching', 'valid'])
  })
})
