import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { failure, httpError } from '../helpers/fetcher'
import { callOf, DUE, events, ofType, rejection, scene, UNUSABLE, watch } from './setup'

describe('An error with the status', () => {
  it.each([400, 401, 403, 404, 422])('%i is a refusal: not retried', async (status) => {
    const { store, endpoint, clock } = scene()
    const error = httpError(status)
    endpoint.usually(() => Promise.reject(error))
    const heard = events(store)
    const callers = [watch(store.fetch()), watch(store.fetch())]
    await settle()
    for (const { reason } of callers) {
      expect(reason).toMatchObject({ name: 'TokenError', code: 'refused', status, cause: error })
    }
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', token: null, attempt: 0, nextAt: null })
    expect(store.getSnapshot().error).toMatchObject({ code: 'refused', status })
    expect(ofType(heard, 'attempt-failed')).toMatchObject([{ attempt: 1, code: 'refused', status }])
    await clock.advance(3_600_000)
    expect(endpoint.calls).toHaveLength(1)
  })

  it.each([undefined, 402, 408, 409, 418, 425, 500, 501, 502, 503, 504, 599])(
    '%s is retried',
    async (status) => {
      const { store, endpoint, clock } = scene()
      endpoint.usually(failure(status))
      const fetched = watch(store.fetch())
      await clock.advance(60_000)
      expect(endpoint.calls).toHaveLength(4)
      expect(fetched.reason).toMatchObject({ code: 'fetch-failed' })
      expect((fetched.reason as { status?: number }).status).toBe(status)
    },
  )
})

describe('A refused refresh', () => {
  it('keeps the token and is not retried, though it is observed', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.usually(failure(403))
    await until(DUE)
    expect(store.getSnapshot()).toMatchObject({ status: 'expiring', token: { ordinal: 1 }, nextAt: null })
    expect(store.getSnapshot().error).toMatchObject({ code: 'refused', status: 403 })
    await until(UNUSABLE - 1)
    expect(endpoint.calls).toHaveLength(2)
    expect(store.getSnapshot().status).toBe('expiring')
  })

  it('is failed at once when the token stops being usable', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.usually(failure(403))
    await until(UNUSABLE)
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', token: null })
    expect(store.getSnapshot().error).toMatchObject({ code: 'refused', status: 403 })
    expect(endpoint.calls).toHaveLength(2)
  })

  it('is tried again by the next fetch, which gets the present token', async () => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.next(failure(403))
    await until(DUE + 10_000)
    expect(callOf(await store.fetch())).toBe(1)
    await settle()
    expect(endpoint.calls).toHaveLength(3)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', error: null, token: { ordinal: 2 } })
  })
})

describe('A refused forced fetch', () => {
  it('rejects, keeps the usable token and is not retried', async () => {
    const { store, endpoint, clock } = scene()
    await store.fetch()
    store.subscribe()
    endpoint.next(failure(401))
    expect(await rejection(store.refresh())).toMatchObject({ code: 'refused', status: 401 })
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(2)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 1 } })
  })
})

describe('isRefused', () => {
  it('may let a status be retried that is refused by default', async () => {
    const { store, endpoint, clock } = scene({ isRefused: () => false })
    endpoint.usually(failure(401))
    const fetched = watch(store.fetch())
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(4)
    expect(fetched.reason).toMatchObject({ code: 'fetch-failed', status: 401 })
  })

  it('may refuse what is retried by default, and is given the fetcher’s own error', async () => {
    const seen: unknown[] = []
    const { store, endpoint } = scene({
      isRefused(error) {
        seen.push(error)
        return true
      },
    })
    const error = httpError(503)
    endpoint.usually(() => Promise.reject(error))
    expect(await rejection(store.fetch())).toMatchObject({ code: 'refused', status: 503 })
    expect(seen[0]).toBe(error)
    expect(endpoint.calls).toHaveLength(1)
  })
})

describe('A refusal after failures', () => {
  it('ends the series at once', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(500), failure(401))
    const fetched = watch(store.fetch())
    await clock.advance(500)
    expect(fetched.reason).toMatchObject({ code: 'refused' })
    expect(endpoint.calls).toHaveLength(2)
  })

  it('is asked anew by the next fetch', async () => {
    const { store, endpoint } = scene()
    endpoint.next(failure(401))
    await rejection(store.fetch())
    expect(callOf(await store.fetch())).toBe(2)
  })
})
