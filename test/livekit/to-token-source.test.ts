import { TokenSource, TokenSourceConfigurable } from 'livekit-client'
import { type Credentials, createTokenStore, type FetchToken, TokenError } from 'livekit-token-store'
import { toTokenSource } from 'livekit-token-store/livekit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { settle, simulatedClock } from '../helpers/clock'
import { credentials, type TokenSpec } from '../helpers/tokens'
import { rejection } from './helpers'

const down = new Error('Down.')

/** A store over an endpoint that can be taken down or made to hang, and its source. */
function setUp(options: Parameters<typeof toTokenSource>[1] = {}, spec: Partial<TokenSpec> = {}) {
  const clock = simulatedClock()
  const endpoint: { is: 'up' | 'down' | 'hanging' } = { is: 'up' }
  const fetchToken = vi.fn<FetchToken>((request) => {
    if (endpoint.is === 'hanging') return new Promise<never>(() => {})
    if (endpoint.is === 'down') throw down
    return credentials({ issuedAt: clock.now(), room: request.roomName ?? 'A', ...spec })
  })
  const store = createTokenStore({ fetchToken, clock, random: () => 0.5 })
  onTestFinished(() => store.dispose())
  return { clock, endpoint, fetchToken, store, source: toTokenSource(store, options) }
}

describe('toTokenSource', () => {
  it('is a real configurable token source', () => {
    expect(setUp().source).toBeInstanceOf(TokenSourceConfigurable)
  })

  it("gives the store's token, and fills no second cache", async () => {
    const { clock, source, store, fetchToken } = setUp()
    const first = await source.fetch({ roomName: 'A' })
    expect(first).toEqual(await store.fetch({ roomName: 'A' }))
    await clock.advance(1_000)
    const second = await store.refresh({ roomName: 'A' })
    expect(await source.fetch({ roomName: 'A' })).toEqual(second)
    store.invalidate()
    await clock.advance(1_000)
    expect(await source.fetch({ roomName: 'A' })).not.toEqual(second)
    expect(fetchToken).toHaveBeenCalledTimes(3)
  })

  it('passes force on', async () => {
    const { source, fetchToken } = setUp()
    await source.fetch({})
    await source.fetch({}, true)
    expect(fetchToken.mock.calls.map(([, { force }]) => force)).toEqual([false, true])
  })

  it('passes force on when a failure is to reject', async () => {
    const { source, fetchToken } = setUp({ onForcedFailure: 'reject' })
    await source.fetch({})
    await source.fetch({}, true)
    expect(fetchToken.mock.calls.map(([, { force }]) => force)).toEqual([false, true])
  })

  it('takes options that upstream does not know, and none at all', async () => {
    const { source, fetchToken } = setUp()
    await source.fetch({ tenant: 't' } as object)
    await (source.fetch as () => Promise<Credentials>)()
    expect(fetchToken.mock.calls.map(([request]) => request)).toEqual([{ tenant: 't' }, {}])
  })

  it('has a fetch that works on its own', async () => {
    const { fetch } = setUp().source
    expect(await fetch({})).toHaveProperty('participantToken')
  })

  it('rejects with the error of the store', async () => {
    const { clock, endpoint, source } = setUp()
    endpoint.is = 'down'
    const failing = rejection(source.fetch({}))
    await clock.advance(60_000)
    expect(await failing).toBeInstanceOf(TokenError)
    expect(await failing).toMatchObject({ code: 'fetch-failed' })
  })

  it.each(['Serve', '', null, true])('refuses the onForcedFailure %j', (onForcedFailure) => {
    const make = () => setUp({ onForcedFailure: onForcedFailure as never })
    expect(make).toThrow(TypeError)
    expect(make).toThrow('"onForcedFailure"')
  })
})

describe('a forced fetch that fails', () => {
  it('resolves with the token that is still usable, after one attempt, and the state shows the error', async () => {
    const { endpoint, fetchToken, source, store } = setUp()
    const kept = await source.fetch({})
    endpoint.is = 'down'
    expect(await source.fetch({}, true)).toEqual(kept)
    expect(fetchToken).toHaveBeenCalledTimes(2)
    expect(store.getSnapshot()).toMatchObject({ error: { code: 'fetch-failed' }, token: { ordinal: 1 } })
  })

  it("rejects with onForcedFailure: 'reject', and the token is kept", async () => {
    const { endpoint, source, store } = setUp({ onForcedFailure: 'reject' })
    const kept = await source.fetch({})
    endpoint.is = 'down'
    expect(await rejection(source.fetch({}, true))).toMatchObject({ code: 'fetch-failed', cause: down })
    expect(store.getSnapshot().token).not.toBeNull()
    expect(await source.fetch({})).toEqual(kept)
  })

  it('is served the token of its own request, though the options changed meanwhile', async () => {
    const { clock, endpoint, source } = setUp()
    const a = await source.fetch({ roomName: 'A' })
    await source.fetch({ roomName: 'B' })
    endpoint.is = 'hanging'
    const options = { roomName: 'A' }
    const forced = source.fetch(options, true)
    options.roomName = 'B'
    await clock.advance(10_000)
    expect(await forced).toEqual(a)
  })

  it('rejects when there is no usable token', async () => {
    const { clock, endpoint, source } = setUp()
    endpoint.is = 'down'
    const failing = rejection(source.fetch({}, true))
    await clock.advance(60_000)
    expect(await failing).toMatchObject({ code: 'fetch-failed' })
  })

  it('rejects when the token ran out while it waited', async () => {
    const { clock, endpoint, source } = setUp({}, { lifetimeMs: 60_000 })
    await source.fetch({})
    await clock.advance(50_000)
    endpoint.is = 'hanging'
    const failing = rejection(source.fetch({}, true))
    await clock.advance(120_000)
    expect(await failing).toMatchObject({ code: 'timeout' })
  })

  it('rejects when the token was invalidated while it waited', async () => {
    const { clock, endpoint, source, store } = setUp()
    await source.fetch({})
    endpoint.is = 'hanging'
    const failing = rejection(source.fetch({}, true))
    await settle()
    store.invalidate()
    endpoint.is = 'down'
    await clock.advance(120_000)
    expect(await failing).toMatchObject({ code: 'fetch-failed' })
  })

  it('resolves with the usable token when dispose cuts it short', async () => {
    const { endpoint, fetchToken, source, store } = setUp()
    const kept = await source.fetch({})
    endpoint.is = 'hanging'
    const forced = source.fetch({}, true)
    await settle()
    store.dispose()
    expect(await forced).toEqual(kept)
    expect(fetchToken).toHaveBeenCalledTimes(2)
  })

  it("rejects when dispose cuts it short and onForcedFailure is 'reject'", async () => {
    const { endpoint, source, store } = setUp({ onForcedFailure: 'reject' })
    await source.fetch({})
    endpoint.is = 'hanging'
    const forced = rejection(source.fetch({}, true))
    await settle()
    store.dispose()
    expect(await forced).toMatchObject({ code: 'disposed' })
  })

  it('rejects on a store that was disposed of before', async () => {
    const { source, store } = setUp()
    await source.fetch({})
    store.dispose()
    expect(await rejection(source.fetch({}, true))).toMatchObject({ code: 'disposed' })
  })
})

describe('getCachedResponseJwtPayload', () => {
  it('is null before the first fetch', () => {
    expect(setUp().source.getCachedResponseJwtPayload()).toBeNull()
  })

  it('answers for the lifecycle asked for last, as upstream decodes it', async () => {
    const { source, store } = setUp({}, { claims: { roomConfig: { agents: [{ agentName: 'x' }] } } })
    await source.fetch({ roomName: 'A' })
    const last = await store.fetch({ roomName: 'B' })
    const upstream = TokenSource.custom(() => last as never)
    await upstream.fetch({})
    expect(source.getCachedResponseJwtPayload()).toEqual(upstream.getCachedResponseJwtPayload())
    expect(source.getCachedResponseJwtPayload()?.video?.room).toBe('B')
    expect(source.getCachedResponseJwtPayload()?.roomConfig?.agents?.[0]?.agentName).toBe('x')
  })

  it('is null once the token is not usable any more, is invalidated, or the store is disposed of', async () => {
    const { clock, source, store } = setUp()
    await source.fetch({})
    expect(source.getCachedResponseJwtPayload()).not.toBeNull()
    await clock.advance(600_000)
    expect(source.getCachedResponseJwtPayload()).toBeNull()
    await source.fetch({})
    store.invalidate()
    expect(source.getCachedResponseJwtPayload()).toBeNull()
    await source.fetch({})
    store.dispose()
    expect(source.getCachedResponseJwtPayload()).toBeNull()
  })
})
