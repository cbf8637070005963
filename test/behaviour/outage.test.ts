import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure, token } from '../helpers/fetcher'
import { DUE, events, ofType, scene, states, statuses, UNUSABLE, watch } from './setup'

describe('A refresh that fails', () => {
  it('keeps the token: expiring, with the error and the moment of the next try', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.usually(failure(500))
    await until(DUE)
    expect(store.getSnapshot()).toMatchObject({
      status: 'expiring',
      token: { ordinal: 1 },
      nextAt: DUE + 500,
    })
    expect(store.getSnapshot().error).toMatchObject({ code: 'fetch-failed', status: 500 })
  })

  it('tries again with backoff, each retry a refresh', async () => {
    const { store, endpoint, until } = scene({ random: () => 0.75, refreshJitterMs: 0 })
    await store.fetch()
    store.subscribe()
    endpoint.usually(failure(500))
    await until(DUE + 20_000)
    expect(endpoint.times.slice(1).map((time) => time - 480_000)).toEqual([0, 750, 2_250, 5_250, 11_250])
    expect(endpoint.calls.slice(1).map((call) => call.context.attempt)).toEqual([1, 2, 3, 4, 5])
    expect(new Set(endpoint.calls.slice(1).map((call) => call.context.reason))).toEqual(new Set(['refresh']))
  })

  it('leaves its error in the state until a refresh succeeds', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.next(failure(500), byHand)
    await until(DUE + 500)
    expect(store.getSnapshot().status).toBe('refreshing')
    expect(store.getSnapshot().error?.code).toBe('fetch-failed')
    endpoint.call(3).succeed()
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', error: null, attempt: 0, nextAt: null })
  })

  it('is told step by step: valid, expiring, refreshing, expiring, refreshing, valid', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    const told = states(store)
    endpoint.next(failure(500))
    await until(DUE + 1_000)
    expect(statuses(told)).toEqual(['valid', 'expiring', 'refreshing', 'expiring', 'refreshing', 'valid'])
  })

  it('has its last try before the token stops being usable', async () => {
    const { store, endpoint, until } = scene({ random: () => 0.999, refreshJitterMs: 0 })
    await store.fetch()
    store.subscribe()
    endpoint.usually(failure(500))
    await until(UNUSABLE - 1)
    // Without it the tries would be some 90 s and 120 s after the first, the token usable until 110 s after.
    const last = Math.max(...endpoint.calls.map((call) => call.at))
    expect(last).toBeGreaterThan(UNUSABLE - 19_000)
    expect(last).toBeLessThan(UNUSABLE)
  })

  it('never plans a retry for when the token is no longer usable', async () => {
    const { store, endpoint, until } = scene({ random: () => 0.999 })
    await store.fetch()
    endpoint.usually(failure(500))
    const told = states(store)
    await until(UNUSABLE - 1)
    const planned = told.filter((state) => state.status === 'expiring' && state.nextAt !== null)
    expect(planned.length).toBeGreaterThan(3)
    for (const { nextAt } of planned) expect(nextAt).toBeLessThan(UNUSABLE)
  })

  it('observed until the end: then fetching, four attempts, failed', async () => {
    const { store, endpoint, until } = scene({ random: () => 0.999 })
    await store.fetch()
    endpoint.usually(failure(500))
    const told = states(store)
    await until(UNUSABLE + 120_000)
    const after = endpoint.calls.filter((call) => call.at >= UNUSABLE)
    expect(after).toHaveLength(4)
    const last = told.filter((state) => state.token === null)
    expect([...new Set(statuses(last))]).toEqual(['fetching', 'failed'])
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', token: null, attempt: 0 })
    expect(store.getSnapshot().error?.code).toBe('fetch-failed')
  })

  it('observed by nobody until the end: then idle', async () => {
    const { store, endpoint, until } = scene({ random: () => 0.999 })
    await store.fetch()
    endpoint.usually(failure(500))
    await until(DUE)
    await store.fetch()
    await until(UNUSABLE)
    expect(store.getSnapshot()).toMatchObject({ status: 'idle', token: null })
    const asked = endpoint.calls.length
    await until(UNUSABLE + 600_000)
    expect(endpoint.calls).toHaveLength(asked)
  })

  it('is heard in the events while the token lives on', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    const heard = events(store)
    endpoint.next(failure(500))
    await until(DUE)
    expect(ofType(heard, 'attempt-failed')).toMatchObject([{ attempt: 1, code: 'fetch-failed', status: 500 }])
    expect(ofType(heard, 'state').at(-1)).toMatchObject({
      from: 'refreshing',
      to: 'expiring',
      view: { ordinal: 1 },
    })
  })
})

/** The endpoint fails for 100 s from the moment when the refresh is due; a caller asks each second all along. */
async function outage(random: () => number, observed: boolean, latencyMs = 0) {
  const { store, endpoint, clock, until } = scene({ random })
  endpoint.next(token())
  let down = { from: Number.POSITIVE_INFINITY, to: 0 }
  endpoint.usually((call, time) => {
    const bad = call.at >= down.from && call.at < down.to
    const answer = () => (bad ? failure(503) : token())(call, time)
    if (latencyMs === 0) return answer()
    return new Promise((resolve) => time.setTimeout(() => resolve(answer()), latencyMs))
  })
  await store.fetch()
  if (observed) store.subscribe()
  const due = store.getSnapshot().token?.refreshAt ?? 0
  down = { from: due, to: due + 100_000 }
  const callers = []
  await until(due)
  for (let second = 0; second <= 200; second += 1) {
    const caller = watch(store.fetch())
    await settle()
    callers.push(caller)
    // Who comes while the last try is under way may have to wait for what it brings.
    if (latencyMs === 0) expect(caller.status).toBe('fulfilled')
    await clock.advance(1_000)
  }
  return { ends: new Set(callers.map((caller) => caller.status)), store, endpoint }
}

describe('An endpoint that is down for 100 s from the moment when a ten-minute token’s refresh is due', () => {
  const luck: [string, () => number][] = [0, 0.25, 0.5, 0.75, 0.9, 0.999].map((n) => [`luck ${n}`, () => n])
  let turn = 0
  luck.push(['luck that changes', () => [0.999, 0, 0.5, 0.1][turn++ % 4] ?? 0])

  describe.each(luck)('%s', (_luck, random) => {
    it.each([
      ['observed', true],
      ['asked for by callers alone', false],
    ])('fails not one caller and recovers by itself, %s', async (_how, observed) => {
      const { ends, store, endpoint } = await outage(random, observed)
      expect(ends).toEqual(new Set(['fulfilled']))
      expect(store.getSnapshot()).toMatchObject({ status: 'valid', error: null, token: { ordinal: 2 } })
      // No more than 10 in 30 s, and far fewer than the callers.
      expect(endpoint.calls.length).toBeLessThan(45)
    })

    it('fails not one caller though each answer takes a second', async () => {
      const { ends, store } = await outage(random, true, 1_000)
      expect(ends).toEqual(new Set(['fulfilled']))
      expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
    })
  })
})
