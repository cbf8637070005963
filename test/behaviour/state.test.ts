import { TokenError, type TokenState } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, failure, token } from '../helpers/fetcher'
import { SERVER_URL } from '../helpers/tokens'
import { DUE, START, scene, states, statuses, UNUSABLE, watch } from './setup'

const NOTHING = { status: 'idle', token: null, error: null, attempt: 0, nextAt: null }

describe('The state', () => {
  it('is idle before anything was asked for, of the store and of a handle', () => {
    const { store } = scene()
    expect(store.getSnapshot()).toMatchObject(NOTHING)
    expect(store.lifecycle({ roomName: 'B' }).getSnapshot()).toMatchObject(NOTHING)
  })

  it('has exactly these facts', async () => {
    const { store } = scene()
    const keys = ['attempt', 'error', 'nextAt', 'since', 'status', 'token']
    expect(Object.keys(store.getSnapshot()).sort()).toEqual(keys)
    await store.fetch()
    expect(Object.keys(store.getSnapshot()).sort()).toEqual(keys)
  })

  it('says since when its status has been so', async () => {
    const { store, endpoint, clock, until } = scene()
    await clock.advance(5_000)
    endpoint.next(byHand)
    watch(store.fetch())
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', since: START + 5_000 })
    await clock.advance(2_000)
    endpoint.call(1).succeed({ issuedAt: START })
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', since: START + 7_000 })
    await until(DUE + 10_000)
    expect(store.getSnapshot()).toMatchObject({ status: 'expiring', since: DUE })
    await until(UNUSABLE + 10_000)
    expect(store.getSnapshot()).toMatchObject({ status: 'idle', since: UNUSABLE })
  })

  it('keeps since while an attempt and the wait for the next one follow each other in fetching', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.usually(failure(500))
    watch(store.fetch())
    await clock.advance(1_200)
    expect(store.getSnapshot()).toMatchObject({ status: 'fetching', since: START })
  })

  it('has a token view just when the status says that there is a usable token', async () => {
    const { store, endpoint, until } = scene()
    const told = states(store)
    await store.fetch()
    endpoint.next(failure(500))
    await until(DUE + 1_000)
    store.invalidate()
    endpoint.usually(failure(401))
    watch(store.fetch())
    await settle()
    expect(new Set(statuses(told)).size).toBe(6)
    for (const state of told) {
      expect(state.token !== null).toBe(['valid', 'expiring', 'refreshing'].includes(state.status))
    }
  })
})

describe('The token view', () => {
  it('has the times, the room, the identity and the grants', async () => {
    const { store, endpoint, clock } = scene()
    await clock.advance(3_000)
    endpoint.next(token({ issuedAt: START, issued: 'both', room: 'lobby', identity: 'ada' }))
    await store.fetch()
    expect(store.getSnapshot().token).toEqual({
      ordinal: 1,
      serverUrl: SERVER_URL,
      issuedAt: START,
      notBefore: START,
      expiresAt: START + 600_000,
      receivedAt: START + 3_000,
      refreshAt: DUE,
      room: 'lobby',
      identity: 'ada',
      grants: { roomJoin: true, room: 'lobby' },
    })
  })

  it('has null for the claims that are absent', async () => {
    const { store, endpoint } = scene()
    const claims = { sub: undefined, video: undefined }
    endpoint.next(token({ issuedAt: START, issued: 'none', claims }))
    await store.fetch()
    expect(store.getSnapshot().token).toMatchObject({
      issuedAt: null,
      notBefore: null,
      room: null,
      identity: null,
      grants: null,
    })
    endpoint.next(token({ issued: 'iat' }), token({ issued: 'nbf' }))
    await store.refresh()
    expect(store.getSnapshot().token).toMatchObject({ issuedAt: START, notBefore: null })
    await store.refresh()
    expect(store.getSnapshot().token).toMatchObject({ issuedAt: null, notBefore: START })
  })

  it('has the video claim as it is, whatever it holds', async () => {
    const { store, endpoint } = scene()
    const video = { roomJoin: true, room: 'A', canPublishSources: ['camera'], future: { deep: [1, null] } }
    endpoint.next(token({ claims: { video, attributes: { a: '1' }, metadata: 'm' } }))
    await store.fetch()
    expect(store.getSnapshot().token?.grants).toEqual(video)
  })

  it('counts the lifecycle’s tokens', async () => {
    const { store } = scene()
    await store.fetch({ roomName: 'A' })
    await store.refresh({ roomName: 'A' })
    await store.refresh({ roomName: 'A' })
    expect(store.getSnapshot().token?.ordinal).toBe(3)
    await store.fetch({ roomName: 'B' })
    expect(store.getSnapshot().token?.ordinal).toBe(1)
  })

  it('includes the jitter in refreshAt: the moment when expiring begins', async () => {
    const { store, endpoint, until } = scene({ random: () => 0.5 })
    await store.fetch()
    const refreshAt = store.getSnapshot().token?.refreshAt ?? 0
    expect(refreshAt).toBe(DUE - 15_000)
    await until(refreshAt - 1)
    expect(store.getSnapshot().status).toBe('valid')
    await until(refreshAt)
    expect(store.getSnapshot().status).toBe('expiring')
    store.subscribe()
    await settle()
    expect(endpoint.call(2).at).toBe(refreshAt)
  })
})

describe('getSnapshot', () => {
  it('is the same reference until something changed, and another one then', async () => {
    const { store, until } = scene()
    const handle = store.lifecycle()
    const seen = new Set<TokenState>()
    for (const step of [() => store.fetch(), () => until(DUE - 1), () => until(DUE), () => store.refresh()]) {
      await step()
      expect(store.getSnapshot()).toBe(store.getSnapshot())
      expect(handle.getSnapshot()).toBe(handle.getSnapshot())
      seen.add(store.getSnapshot())
    }
    expect(seen.size).toBe(3)
  })

  it('is the same reference while nothing happens, a store’s that nothing was asked of included', async () => {
    const { store, clock } = scene()
    const first = store.getSnapshot()
    const other = store.lifecycle({ roomName: 'B' }).getSnapshot()
    await clock.advance(100_000)
    expect(store.getSnapshot()).toBe(first)
    expect(store.lifecycle({ roomName: 'B' }).getSnapshot()).toBe(other)
  })

  it('is what the last notification told', async () => {
    const { store, endpoint, until } = scene()
    const told = states(store)
    await store.fetch()
    expect(store.getSnapshot()).toBe(told.at(-1))
    endpoint.next(failure(500))
    await until(DUE)
    expect(store.getSnapshot()).toBe(told.at(-1))
  })

  it('works unbound, as subscribe does', async () => {
    const { store } = scene()
    const { getSnapshot, subscribe } = store
    const handle = store.lifecycle()
    const { getSnapshot: ofHandle, subscribe: toHandle } = handle
    const told: TokenState[] = []
    subscribe((state) => told.push(state))
    toHandle((state) => told.push(state))
    expect(told).toHaveLength(2)
    await store.fetch()
    expect(getSnapshot().status).toBe('valid')
    expect(ofHandle().status).toBe('valid')
    expect(told.filter((state) => state.status === 'valid')).toHaveLength(2)
  })
})

describe('The error in a state', () => {
  it('is a TokenError with code and status, and without a cause', async () => {
    const { store, endpoint } = scene({ retry: { maxAttempts: 1 } })
    endpoint.usually(failure(500, { message: 'the body of the answer' }))
    watch(store.fetch())
    await settle()
    const { error } = store.getSnapshot()
    expect(error).toBeInstanceOf(TokenError)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'TokenError', code: 'fetch-failed', status: 500 })
    expect(error?.cause).toBeUndefined()
    expect(error?.message).not.toContain('the body of the answer')
    expect(error?.message.length).toBeGreaterThan(20)
  })
})
