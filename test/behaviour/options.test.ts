import { createTokenStore, type TokenStoreOptions } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'
import { failure, token } from '../helpers/fetcher'
import { credentials } from '../helpers/tokens'
import { START, scene, watch } from './setup'

const fetchToken = () => credentials({ issuedAt: START })
const create = (options: unknown) => () => createTokenStore(options as TokenStoreOptions)

describe('A bad option throws a TypeError at creation that quotes its name:', () => {
  it.each<[string, unknown]>([
    ['fetchToken', {}],
    ['fetchToken', { fetchToken: 'https://a.example' }],
    ['fetchToken', { fetchToken: null }],
    ['name', { fetchToken, name: 7 }],
    ['keepFresh', { fetchToken, keepFresh: 'sometimes' }],
    ['keepFresh', { fetchToken, keepFresh: true }],
    ['refreshLeadMs', { fetchToken, refreshLeadMs: -1 }],
    ['refreshLeadMs', { fetchToken, refreshLeadMs: Number.NaN }],
    ['refreshLeadMs', { fetchToken, refreshLeadMs: '60s' }],
    ['refreshJitterMs', { fetchToken, refreshJitterMs: -1 }],
    ['refreshJitterMs', { fetchToken, refreshJitterMs: Number.NaN }],
    ['refreshJitterMs', { fetchToken, refreshJitterMs: '1' }],
    ['minValidityMs', { fetchToken, minValidityMs: -1 }],
    ['minValidityMs', { fetchToken, minValidityMs: Number.NaN }],
    ['minValidityMs', { fetchToken, minValidityMs: '1' }],
    ['attemptTimeoutMs', { fetchToken, attemptTimeoutMs: -1 }],
    ['attemptTimeoutMs', { fetchToken, attemptTimeoutMs: Number.NaN }],
    ['attemptTimeoutMs', { fetchToken, attemptTimeoutMs: '1' }],
    ['retry', { fetchToken, retry: 3 }],
    ['maxAttempts', { fetchToken, retry: { maxAttempts: 0 } }],
    ['maxAttempts', { fetchToken, retry: { maxAttempts: -1 } }],
    ['maxAttempts', { fetchToken, retry: { maxAttempts: 1.5 } }],
    ['maxAttempts', { fetchToken, retry: { maxAttempts: '3' } }],
    ['baseMs', { fetchToken, retry: { baseMs: -1 } }],
    ['baseMs', { fetchToken, retry: { baseMs: Number.NaN } }],
    ['capMs', { fetchToken, retry: { capMs: -1 } }],
    ['capMs', { fetchToken, retry: { capMs: '1' } }],
    ['isRefused', { fetchToken, isRefused: [401] }],
    ['maxLifecycles', { fetchToken, maxLifecycles: 0 }],
    ['maxLifecycles', { fetchToken, maxLifecycles: -1 }],
    ['maxLifecycles', { fetchToken, maxLifecycles: Number.NaN }],
    ['maxLifecycles', { fetchToken, maxLifecycles: '10' }],
    ['clock', { fetchToken, clock: 5 }],
    ['clock', { fetchToken, clock: { now: () => 0 } }],
    ['random', { fetchToken, random: 0.5 }],
    ['environment', { fetchToken, environment: 'browser' }],
    ['online$', { fetchToken, environment: { online$: true } }],
    ['wake$', { fetchToken, environment: { wake$: () => {} } }],
  ])('%s %#', (name, options) => {
    expect(create(options)).toThrow(TypeError)
    expect(create(options)).toThrow(name)
  })

  it('also when there are no options at all', () => {
    expect(create(undefined)).toThrow(TypeError)
    expect(create(null)).toThrow(TypeError)
  })

  it('but undefined is as good as absent', () => {
    const keys = [
      'name',
      'keepFresh',
      'refreshLeadMs',
      'refreshJitterMs',
      'minValidityMs',
      'attemptTimeoutMs',
      'isRefused',
      'maxLifecycles',
      'clock',
      'random',
    ]
    const nothing = Object.fromEntries(keys.map((key) => [key, undefined]))
    const store = createTokenStore({
      ...nothing,
      fetchToken,
      retry: { maxAttempts: undefined, baseMs: undefined, capMs: undefined },
      environment: { online$: undefined, wake$: undefined },
    })
    expect(store.getSnapshot().status).toBe('idle')
    store.dispose()
  })
})

describe('The refresh lead', () => {
  const leadOf = async (lifetimeMs: number, options: Partial<TokenStoreOptions> = {}) => {
    const { store, endpoint } = scene(options)
    endpoint.usually(token({ lifetimeMs }))
    await store.fetch()
    return START + lifetimeMs - (store.getSnapshot().token?.refreshAt ?? 0)
  }

  it.each([
    ['is a fifth of the lifetime', 300_000, 60_000],
    ['is 10 s at least', 30_000, 10_000],
    ['is 120 s at most', 3_600_000, 120_000],
    ['is half the lifetime at most', 12_000, 6_000],
  ])('%s', async (_fact, lifetimeMs, expected) => {
    expect(await leadOf(lifetimeMs)).toBe(expected)
  })

  it('is the user’s number, at most half the lifetime', async () => {
    expect(await leadOf(600_000, { refreshLeadMs: 45_000 })).toBe(45_000)
    expect(await leadOf(600_000, { refreshLeadMs: 1_000_000 })).toBe(300_000)
  })

  it('is what the user’s function makes of the lifetime, at most half of it', async () => {
    const asked: number[] = []
    const third = (lifetimeMs: number) => {
      asked.push(lifetimeMs)
      return lifetimeMs / 3
    }
    expect(await leadOf(600_000, { refreshLeadMs: third })).toBe(200_000)
    expect(new Set(asked)).toEqual(new Set([600_000]))
    expect(await leadOf(600_000, { refreshLeadMs: (lifetimeMs) => lifetimeMs })).toBe(300_000)
  })

  it.each([
    ['throws', () => Number('x'.repeat(-1))],
    ['gives NaN', () => Number.NaN],
    ['gives more than 1', () => 7],
  ])('goes on by the middle where random %s', async (_fact, random) => {
    expect(await leadOf(600_000, { random })).toBe(120_000 + 15_000)
    const { store, endpoint, clock } = scene({ random })
    endpoint.next(failure(500))
    const fetched = watch(store.fetch())
    await clock.advance(60_000)
    expect(fetched.status).toBe('fulfilled')
  })

  it('is the usual one where the user’s function throws, or gives what is no lead', async () => {
    const throws = () => {
      throw new Error('a lifetime that nobody thought of')
    }
    expect(await leadOf(600_000, { refreshLeadMs: throws })).toBe(120_000)
    expect(await leadOf(600_000, { refreshLeadMs: () => Number.NaN })).toBe(120_000)
    expect(await leadOf(600_000, { refreshLeadMs: () => -1 })).toBe(120_000)
  })

  it.each([
    ['is brought forward by the jitter, 30 s at most', 600_000, 0.5, {}, 120_000 + 15_000],
    ['is brought forward by nearly all of it', 600_000, 0.9, {}, 120_000 + 27_000],
    ['is brought forward by a tenth of the lifetime at most', 100_000, 0.5, {}, 20_000 + 5_000],
    ['is brought forward by the user’s jitter', 600_000, 0.5, { refreshJitterMs: 4_000 }, 120_000 + 2_000],
    ['is left alone by a jitter of 0', 600_000, 0.5, { refreshJitterMs: 0 }, 120_000],
    [
      'is brought forward by a tenth at most, whatever the user says',
      100_000,
      0.5,
      { refreshJitterMs: 90_000 },
      25_000,
    ],
  ])('%s', async (_fact, lifetimeMs, random, options, expected) => {
    expect(await leadOf(lifetimeMs, { ...options, random: () => random })).toBeCloseTo(expected, 0)
  })

  it('is never shortened by the jitter: a refresh comes early, never late', async () => {
    for (const random of [0, 0.1, 0.5, 0.9, 0.999_999]) {
      const lead = await leadOf(600_000, { random: () => random })
      expect(lead).toBeGreaterThanOrEqual(120_000)
      expect(lead).toBeLessThanOrEqual(150_000)
    }
  })
})

describe('The name', () => {
  it('is the user’s, or tokens, and no two stores have the same', () => {
    const names = [
      undefined,
      undefined,
      'rooms of options.test',
      'rooms of options.test',
      'rooms of options.test',
    ]
    const stores = names.map((name) => createTokenStore({ fetchToken, name }))
    expect(stores[2]?.name).toBe('rooms of options.test')
    for (const [index, name] of names.entries()) expect(stores[index]?.name).toContain(name ?? 'tokens')
    expect(new Set(stores.map((store) => store.name)).size).toBe(names.length)
    for (const store of stores) store.dispose()
  })
})
