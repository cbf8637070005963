import { afterEach, describe, expect, it, vi } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand, token } from '../helpers/fetcher'
import { callOf, DUE, events, ofType, START, scene, states, statuses, UNUSABLE, watch } from './setup'

const HOUR = 3_600_000

describe('A clock that is behind the issuer’s', () => {
  it.each(['iat', 'nbf', 'both'] as const)('is corrected by a token from the future (%s)', async (issued) => {
    const { store, endpoint, until } = scene()
    endpoint.next(token({ issuedAt: START + HOUR, issued }))
    const heard = events(store)
    await store.fetch()
    expect(ofType(heard, 'clock-corrected')).toEqual([
      { type: 'clock-corrected', at: START, lifecycle: '1', byMs: HOUR },
    ])
    // The claims stay the issuer's, the moments of ours are the local clock's.
    expect(store.getSnapshot().token).toMatchObject({
      expiresAt: START + HOUR + 600_000,
      receivedAt: START,
      refreshAt: DUE,
    })
    await until(UNUSABLE - 1)
    endpoint.usually(() => new Promise(() => {}))
    expect(callOf(await store.fetch())).toBe(1)
    await until(UNUSABLE)
    expect(store.getSnapshot().token).toBeNull()
  })

  it('is corrected by more than a day on the word of iat, never on the word of nbf alone', async () => {
    for (const [issued, most] of [['iat', 48 * HOUR] as const, ['nbf', 24 * HOUR] as const]) {
      const { store, endpoint } = scene()
      endpoint.next(token({ issuedAt: START + 48 * HOUR, issued }))
      const heard = events(store)
      await store.fetch()
      const by = Math.max(0, ...ofType(heard, 'clock-corrected').map((event) => event.byMs))
      expect(by).toBeLessThanOrEqual(most)
      if (issued === 'iat') expect(by).toBe(most)
    }
  })

  it('is told in what remains', async () => {
    const { store, endpoint } = scene()
    endpoint.next(token({ issuedAt: START + HOUR }))
    await store.fetch()
    let remaining = 0
    store
      .lifecycle()
      .remaining$()
      .subscribe((ms) => {
        remaining = ms
      })
    expect(remaining).toBe(600_000)
  })

  it('is left alone by a token that is issued now or earlier', async () => {
    const { store, endpoint } = scene()
    const heard = events(store)
    for (const issuedAt of [START, START - 60_000]) {
      endpoint.next(token({ issuedAt }))
      await store.fetch({ roomName: String(issuedAt) })
    }
    expect(ofType(heard, 'clock-corrected')).toEqual([])
  })
})

describe('The lifetime', () => {
  it.each([
    ['runs from iat', { issued: 'iat' as const }],
    ['runs from nbf', { issued: 'nbf' as const }],
    [
      'runs from iat when there is an earlier nbf',
      { issued: 'iat' as const, claims: { nbf: START / 1_000 - 200 } },
    ],
  ])('%s to exp: a token that the endpoint had in stock is due earlier', async (_fact, spec) => {
    const { store, endpoint } = scene()
    endpoint.next(token({ issuedAt: START - 100_000, lifetimeMs: 300_000, ...spec }))
    await store.fetch()
    // A fifth of five minutes is its lead.
    expect(store.getSnapshot().token?.refreshAt).toBe(START - 100_000 + 300_000 - 60_000)
  })

  it('runs from the arrival when neither is there', async () => {
    const { store, endpoint } = scene()
    endpoint.next(token({ issuedAt: START - 100_000, issued: 'none' }))
    await store.fetch()
    // It lives for 500 s from now: a fifth of that is its lead.
    expect(store.getSnapshot().token?.refreshAt).toBe(START + 500_000 - 100_000)
  })
})

describe('A token that has expired on arrival', () => {
  const spent = [
    ['that has expired', { issuedAt: START - 700_000 }],
    ['with less left than the min validity', { issuedAt: START - 595_000 }],
    ['with no more left than the min validity', { issuedAt: START - 590_000 }],
  ] as const

  it.each(spent)('%s is handed over once, not cached, and told as an event', async (_what, spec) => {
    const { store, endpoint } = scene()
    endpoint.next(token(spec))
    const heard = events(store)
    expect(callOf(await store.fetch())).toBe(1)
    await settle()
    expect(store.getSnapshot()).toMatchObject({ status: 'idle', token: null })
    expect(ofType(heard, 'expired-on-arrival')).toHaveLength(1)
    expect(callOf(await store.fetch())).toBe(2)
    expect(store.getSnapshot().status).toBe('valid')
  })

  it.each(spent)('%s goes to all who wait for it', async (_what, spec) => {
    const { store, endpoint } = scene()
    endpoint.next(byHand)
    const callers = [watch(store.fetch()), watch(store.fetch())]
    await settle()
    endpoint.call(1).succeed(spec)
    await settle()
    expect(callers.map((caller) => callOf(caller.credentials))).toEqual([1, 1])
    expect(endpoint.calls).toHaveLength(1)
  })

  it('makes nobody ask again before the next fetch, though it is observed', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.usually(token({ issuedAt: START - 700_000 }))
    const told = states(store)
    await store.fetch()
    await clock.advance(HOUR)
    expect(endpoint.calls).toHaveLength(1)
    expect(statuses(told)).toEqual(['idle', 'fetching', 'idle'])
  })

  it('is not what a token with a little more left is', async () => {
    const { store, endpoint } = scene()
    endpoint.next(token({ issuedAt: START - 589_000 }))
    await store.fetch()
    expect(callOf(await store.fetch())).toBe(1)
    expect(store.getSnapshot().token).not.toBeNull()
  })
})

describe('A token without exp', () => {
  afterEach(() => vi.restoreAllMocks())

  it('is taken to live for 600 s from its arrival, and warned of once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { store, endpoint, until } = scene()
    endpoint.usually(token({ expires: false, issuedAt: START }))
    const heard = events(store)
    await store.fetch()
    expect(store.getSnapshot().token).toMatchObject({ expiresAt: START + 600_000, refreshAt: DUE })
    await until(UNUSABLE)
    expect(store.getSnapshot().status).toBe('idle')
    await store.fetch()
    expect(ofType(heard, 'no-expiry')).toHaveLength(1)
    expect(warn.mock.calls).toEqual([[expect.stringContaining('a token has no `exp` claim')]])
  })

  it('is warned of without the name of the store, which an app may have made of a token', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { store, endpoint } = scene({ name: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl' })
    endpoint.usually(token({ expires: false, issuedAt: START }))
    await store.fetch()
    expect(warn).toHaveBeenCalledOnce()
    expect(JSON.stringify(warn.mock.calls)).not.toContain('eyJhbGci')
  })
})
