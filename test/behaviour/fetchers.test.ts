import type { Credentials } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { type Answer, byHand, failure, token } from '../helpers/fetcher'
import { credentials } from '../helpers/tokens'
import { callOf, DUE, events, ofType, rejection, START, scene, watch } from './setup'

describe('A fetcher that never settles', () => {
  it('is aborted after 10 s by default, and retried', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(byHand)
    const fetched = watch(store.fetch())
    await clock.advance(9_999)
    expect(endpoint.call(1).context.signal.aborted).toBe(false)
    await clock.advance(1)
    expect(endpoint.call(1).context.signal.aborted).toBe(true)
    expect(store.getSnapshot().error?.code).toBe('timeout')
    await clock.advance(500)
    expect(endpoint.times).toEqual([0, 10_500])
    expect(callOf(fetched.credentials)).toBe(2)
  })

  it('is aborted before the next attempt begins, though a subscriber begins it', async () => {
    const { store, endpoint, clock } = scene({ retry: { maxAttempts: 1 } })
    const aborted: boolean[] = []
    endpoint.next(byHand)
    endpoint.usually((call, time) => {
      aborted.push(endpoint.call(1).context.signal.aborted)
      return token()(call, time)
    })
    const fetched = watch(store.fetch())
    store.subscribe((state) => {
      if (state.status === 'failed') watch(store.fetch())
    })
    await clock.advance(10_000)
    expect(fetched.reason).toMatchObject({ code: 'timeout' })
    expect(aborted).toEqual([true])
  })

  it('is aborted at attemptTimeoutMs', async () => {
    const { store, endpoint, clock } = scene({ attemptTimeoutMs: 3_000 })
    endpoint.next(byHand)
    watch(store.fetch())
    await clock.advance(2_999)
    expect(endpoint.call(1).context.signal.aborted).toBe(false)
    await clock.advance(1)
    expect(endpoint.call(1).context.signal.aborted).toBe(true)
  })

  it('rejects its callers with the code timeout after the last attempt', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.usually(byHand)
    const heard = events(store)
    const fetched = watch(store.fetch())
    await clock.advance(4 * 10_000 + 3 * 500)
    expect(fetched.reason).toMatchObject({ name: 'TokenError', code: 'timeout' })
    expect(endpoint.calls).toHaveLength(4)
    expect(ofType(heard, 'attempt-failed').map((event) => event.code)).toEqual(Array(4).fill('timeout'))
  })

  it('never loses a usable token', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.next(byHand)
    await until(DUE + 10_000)
    expect(store.getSnapshot()).toMatchObject({ status: 'expiring', token: { ordinal: 1 } })
    expect(store.getSnapshot().error?.code).toBe('timeout')
    await until(DUE + 10_500)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 } })
  })

  it('may settle in time with any wait', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(byHand)
    const fetched = watch(store.fetch())
    await clock.advance(9_999)
    endpoint.call(1).succeed()
    await settle()
    expect(callOf(fetched.credentials)).toBe(1)
  })
})

describe('Whatever a fetcher returns or throws', () => {
  const good = credentials({ issuedAt: START })
  const thenable = (then: PromiseLike<Credentials>['then']): PromiseLike<Credentials> => ({ then })
  const settlesWith = (
    act: (resolve: (answer: Credentials) => unknown, reject: (error: unknown) => unknown) => void,
  ) =>
    thenable(((resolve: (answer: Credentials) => unknown, reject: (error: unknown) => unknown) =>
      act(resolve, reject)) as PromiseLike<Credentials>['then'])

  it.each<[string, Answer]>([
    ['a plain value', () => good],
    ['a promise', () => Promise.resolve(good)],
    ['a foreign thenable', () => settlesWith((resolve) => resolve(good))],
    [
      'a foreign thenable of a promise',
      () => settlesWith((resolve) => resolve(Promise.resolve(good) as never)),
    ],
    [
      'a foreign thenable that settles twice',
      () =>
        settlesWith((resolve, reject) => {
          resolve(good)
          reject(new Error('and now this'))
          resolve(credentials({ issuedAt: START, identity: 'another' }))
        }),
    ],
  ])('%s is an answer', async (_what, answer) => {
    const { store, endpoint } = scene()
    endpoint.next(answer)
    expect(await store.fetch()).toEqual(good)
    expect(store.getSnapshot().status).toBe('valid')
    expect(await store.fetch()).toEqual(good)
    expect(endpoint.calls).toHaveLength(1)
  })

  const broken = new Error('broken')
  it.each<[string, Answer]>([
    [
      'a synchronous throw',
      () => {
        throw broken
      },
    ],
    ['a rejection', () => Promise.reject(broken)],
    ['a foreign thenable that rejects', () => settlesWith((_resolve, reject) => reject(broken))],
    [
      'a foreign thenable whose then throws',
      () =>
        thenable(() => {
          throw broken
        }),
    ],
  ])('%s is a failure, retried like any other', async (_what, answer) => {
    const { store, endpoint, clock } = scene()
    endpoint.next(answer)
    const fetched = watch(store.fetch())
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', nextAt: START + 500 })
    await clock.advance(500)
    expect(callOf(fetched.credentials)).toBe(2)
    endpoint.usually(answer)
    const failed = watch(store.fetch({ roomName: 'fails' }))
    await clock.advance(60_000)
    expect(failed.reason).toMatchObject({ code: 'fetch-failed', cause: broken })
  })

  it.each([[undefined], [null], ['a string'], [42], [Object.create(null)], [{ status: 'no number' }]])(
    'a rejection with %s is a failure with a code',
    async (reason) => {
      const { store, endpoint } = scene({ retry: { maxAttempts: 1 } })
      endpoint.usually(() => Promise.reject(reason))
      const error = await rejection(store.fetch())
      expect(error).toMatchObject({ name: 'TokenError', code: 'fetch-failed' })
      expect(error.cause).toBe(reason)
      expect(error.status).toBeUndefined()
    },
  )
})

describe('What a fetcher is told', () => {
  it('is the attempt, whether it is forced, why it is made, and a signal of its own', async () => {
    const { store, endpoint, clock, until } = scene()
    endpoint.next(failure(500))
    watch(store.fetch())
    await clock.advance(1_000)
    await store.refresh()
    await until(DUE + 1_000)
    await store.fetch()
    await until(START + 3_600_000)
    await store.fetch()
    store.invalidate()
    await store.fetch()
    const told = endpoint.calls.map(({ context: { attempt, force, reason } }) => [attempt, force, reason])
    expect(told).toEqual([
      [1, false, 'initial'],
      [2, false, 'initial'],
      [1, true, 'forced'],
      [1, false, 'refresh'],
      [1, false, 'expired'],
      [1, false, 'initial'],
    ])
    expect(new Set(endpoint.calls.map((call) => call.context.signal)).size).toBe(6)
    expect(endpoint.calls.some((call) => call.context.signal.aborted)).toBe(false)
  })
})
