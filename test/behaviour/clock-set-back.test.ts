import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure } from '../helpers/fetcher'
import { callOf, events, ofType, rejection, START, scene, states, watch } from './setup'

const HOUR = 3_600_000

/** The clock is set back, which is noticed at the next timer, a minute later at most. */
async function setBack({ clock }: ReturnType<typeof scene>) {
  clock.jump(-HOUR)
  await clock.advance(60_000)
}

describe('A clock that is set back while a token is in hand', () => {
  it('has the token renewed when it would have been, not an hour later', async () => {
    const set = scene()
    const { store, endpoint, clock } = set
    await store.fetch()
    store.subscribe()
    await setBack(set)
    await clock.advance(419_000)
    expect(endpoint.calls).toHaveLength(1)
    await clock.advance(1_001)
    expect(endpoint.calls).toHaveLength(2)
  })

  it('has it end in time, unobserved', async () => {
    const set = scene()
    const { store, clock } = set
    await store.fetch()
    await setBack(set)
    await clock.advance(529_000)
    expect(store.getSnapshot().token).not.toBeNull()
    await clock.advance(1_001)
    expect(store.getSnapshot()).toMatchObject({ status: 'idle', token: null })
  })

  it('has it end in time, though the clock was set back between two looks at it, and again', async () => {
    const { store, clock } = scene({ keepFresh: 'never' })
    await store.fetch()
    await clock.advance(70_000)
    clock.sleep(25_000)
    clock.jump(-HOUR)
    await store.fetch()
    await clock.advance(100_000)
    clock.jump(-HOUR / 2)
    await clock.advance(590_000 - 195_000 - 1_000)
    expect(store.getSnapshot().token).not.toBeNull()
    await clock.advance(1_001)
    expect(store.getSnapshot().token).toBeNull()
  })

  it('moves what the view tells by the local clock, and leaves the claims alone', async () => {
    const { store, clock } = scene()
    await store.fetch()
    const { token } = store.getSnapshot()
    clock.jump(-HOUR)
    await store.fetch()
    expect(store.getSnapshot().token).toEqual({
      ...token,
      receivedAt: START - HOUR,
      refreshAt: START + 480_000 - HOUR,
    })
  })

  it('changes nothing in what remains', async () => {
    const { store, clock } = scene()
    await store.fetch()
    const told: number[] = []
    store
      .lifecycle()
      .remaining$()
      .subscribe((ms) => told.push(ms))
    clock.jump(-HOUR)
    await clock.advance(3_000)
    expect(told.slice(0, 1)).toEqual([600_000])
    for (const ms of told) {
      expect(ms).toBeLessThanOrEqual(600_000)
      expect(ms).toBeGreaterThanOrEqual(596_000)
    }
  })

  it('is told once as a correction, by the whole of it', async () => {
    const { store, clock } = scene()
    const heard = events(store)
    await store.fetch()
    clock.jump(-HOUR)
    await store.fetch()
    await store.fetch()
    expect(ofType(heard, 'clock-corrected')).toEqual([
      { type: 'clock-corrected', at: START - HOUR, lifecycle: '1', byMs: HOUR },
    ])
  })

  it('is nothing when it is by a second', async () => {
    const { store, clock } = scene()
    await store.fetch()
    const told = states(store)
    clock.jump(-1_000)
    await store.fetch()
    expect(told).toHaveLength(1)
    expect(store.getSnapshot().token?.receivedAt).toBe(START)
  })

  it('is judged afresh by the next answer', async () => {
    const { store, clock, endpoint } = scene()
    const heard = events(store)
    await store.fetch()
    clock.jump(-HOUR)
    await store.refresh()
    expect(ofType(heard, 'clock-corrected').map(({ byMs }) => byMs)).toEqual([HOUR, 0])
    expect(endpoint.calls).toHaveLength(2)
    expect(store.getSnapshot().token).toMatchObject({ ordinal: 2, refreshAt: START - HOUR + 480_000 })
  })
})

describe('A clock that is set back while something waits', () => {
  it('keeps a retry’s wait', async () => {
    const { store, endpoint, clock } = scene({ random: () => 0.9, retry: { baseMs: 20_000 } })
    endpoint.next(failure(500))
    const fetched = watch(store.fetch())
    await settle()
    clock.jump(-HOUR)
    await clock.advance(17_999)
    expect(endpoint.calls).toHaveLength(1)
    await clock.advance(18_002)
    expect(endpoint.calls).toHaveLength(2)
    expect(callOf(fetched.credentials)).toBe(2)
  })

  it('keeps the attempt’s time-out', async () => {
    const { store, endpoint, clock } = scene({ retry: { maxAttempts: 1 } })
    endpoint.next(byHand)
    const fetched = watch(store.fetch())
    await settle()
    clock.jump(-HOUR)
    await clock.advance(20_001)
    expect(fetched.reason).toMatchObject({ code: 'timeout' })
    expect(endpoint.call(1).context.signal.aborted).toBe(true)
  })

  it('keeps a rate limit’s end', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(429))
    await rejection(store.fetch())
    clock.jump(-HOUR)
    await clock.advance(30_000)
    expect(await rejection(store.fetch())).toMatchObject({ code: 'rate-limited' })
    expect(endpoint.calls).toHaveLength(1)
    await clock.advance(60_000 + 30_000)
    expect(callOf(await store.fetch())).toBe(2)
  })

  // The limit's failure keeps the moment by the clock as it was.
  it('has the error tell of the limit’s end by the clock as it is now', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(429))
    await rejection(store.fetch())
    clock.jump(-HOUR)
    const { retryAt } = await rejection(store.fetch())
    expect(store.getSnapshot().nextAt).toBe(START + 60_000 - HOUR)
    expect(retryAt).toBe(store.getSnapshot().nextAt)
  })

  it('keeps the storm limit’s end', async () => {
    const { store, endpoint, clock } = scene()
    for (let times = 0; times < 10; times += 1) await store.refresh()
    clock.jump(-HOUR)
    expect(await rejection(store.refresh())).toMatchObject({ code: 'throttled' })
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(10)
    expect(callOf(await store.refresh())).toBe(11)
  })

  it('leaves no timer behind after dispose', async () => {
    const set = scene()
    const { store, endpoint, clock } = set
    await store.fetch()
    endpoint.next(failure(500))
    await rejection(store.refresh())
    await store.fetch({ roomName: 'B' })
    await setBack(set)
    clock.jump(-HOUR)
    await store.fetch()
    store.dispose()
    expect(clock.pending).toBe(0)
  })
})
