import { NEVER } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../src/clock'
import { isRefusedStatus } from '../src/failure'
import { checkedOptions } from '../src/options'
import type { TokenStoreOptions } from '../src/types'
import { credentials } from './helpers/tokens'

const fetchToken = () => credentials({ issuedAt: 0 })
const checked = (options: object = {}) => checkedOptions({ fetchToken, ...options } as TokenStoreOptions)

describe('Options', () => {
  it('are filled with the documented defaults', () => {
    const options = checked()
    expect(options).toMatchObject({ name: 'tokens', attemptTimeoutMs: 10_000, maxLifecycles: 100 })
    expect(options.fetchToken).toBe(fetchToken)
    expect(options.clock).toBe(systemClock)
    expect(options.random).toBe(Math.random)
    expect(options.isRefused).toBe(isRefusedStatus)
    expect(options.policy).toMatchObject({
      keepFresh: 'observed',
      refreshJitterMs: 30_000,
      minValidityMs: 10_000,
      maxAttempts: 4,
      retryBaseMs: 1_000,
      retryCapMs: 30_000,
    })
    expect(options.policy.refreshLeadMs(600_000)).toBe(120_000)
  })

  it('are the user’s where the user says so', () => {
    const random = () => 0
    const isRefused = () => false
    const options = checked({
      name: 'mine',
      keepFresh: 'never',
      refreshLeadMs: 7,
      refreshJitterMs: 0,
      minValidityMs: 0,
      attemptTimeoutMs: 1,
      retry: { maxAttempts: 1, baseMs: 2, capMs: 3 },
      isRefused,
      maxLifecycles: 1,
      random,
      environment: { online$: NEVER },
    })
    expect(options).toMatchObject({ name: 'mine', attemptTimeoutMs: 1, maxLifecycles: 1, random, isRefused })
    expect(options.policy).toMatchObject({
      keepFresh: 'never',
      refreshJitterMs: 0,
      minValidityMs: 0,
      maxAttempts: 1,
      retryBaseMs: 2,
      retryCapMs: 3,
    })
    expect(options.policy.refreshLeadMs(600_000)).toBe(7)
    expect(options.online$).toBe(NEVER)
    expect(options.wake$).not.toBe(NEVER)
    const lead = (ms: number) => ms / 3
    expect(checked({ refreshLeadMs: lead }).policy.refreshLeadMs).toBe(lead)
  })

  it.each<[string, unknown[], object | ((value: unknown) => object)]>([
    ['fetchToken', [undefined, null, 'url'], (fetchToken) => ({ fetchToken })],
    ['name', ['', '  ', 7, null], (name) => ({ name })],
    ['keepFresh', ['sometimes', true, null], (keepFresh) => ({ keepFresh })],
    ['refreshLeadMs', [-1, Number.NaN, '5', null], (refreshLeadMs) => ({ refreshLeadMs })],
    ['refreshJitterMs', [-1, Number.POSITIVE_INFINITY, '5'], (refreshJitterMs) => ({ refreshJitterMs })],
    ['minValidityMs', [-1, Number.NaN], (minValidityMs) => ({ minValidityMs })],
    ['attemptTimeoutMs', [0, -1, Number.POSITIVE_INFINITY], (attemptTimeoutMs) => ({ attemptTimeoutMs })],
    ['retry', [null, 3], (retry) => ({ retry })],
    ['retry.maxAttempts', [0, 1.5, Number.POSITIVE_INFINITY], (maxAttempts) => ({ retry: { maxAttempts } })],
    ['retry.baseMs', [0, -1, Number.NaN], (baseMs) => ({ retry: { baseMs } })],
    ['retry.capMs', [0, -1, Number.NaN], (capMs) => ({ retry: { capMs } })],
    ['isRefused', [true, [401]], (isRefused) => ({ isRefused })],
    ['maxLifecycles', [0, 1.5, Number.NaN], (maxLifecycles) => ({ maxLifecycles })],
    ['clock', [null, {}, { now: () => 0, setTimeout: () => 0 }, Date], (clock) => ({ clock })],
    ['random', [0.5, null], (random) => ({ random })],
    ['environment', [null, 'browser'], (environment) => ({ environment })],
    ['environment.online$', [true, null], (online$) => ({ environment: { online$ } })],
    ['environment.wake$', [() => {}, null], (wake$) => ({ environment: { wake$ } })],
  ])('that are wrong throw a TypeError which quotes "%s" and says what it must be', (name, values, make) => {
    for (const value of values) {
      const options = typeof make === 'function' ? make(value) : make
      expect(() => checked(options)).toThrow(TypeError)
      expect(() => checked(options)).toThrow(`"${name}" must be `)
    }
  })

  it.each([undefined, null, 'url', 7])(
    'that are none at all, as %j, throw one that names fetchToken',
    (options) => {
      expect(() => checkedOptions(options as never)).toThrow(TypeError)
      expect(() => checkedOptions(options as never)).toThrow('"fetchToken"')
    },
  )
})
