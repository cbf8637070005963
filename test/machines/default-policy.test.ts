import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../../machines/default-policy'

describe('The default policy', () => {
  it('has the documented numbers', () => {
    const { refreshLeadMs, ...rest } = defaultPolicy
    expect(rest).toEqual({
      keepFresh: 'observed',
      refreshJitterMs: 30_000,
      minValidityMs: 10_000,
      maxAttempts: 4,
      retryBaseMs: 1_000,
      retryCapMs: 30_000,
    })
    expect([30_000, 300_000, 21_600_000].map(refreshLeadMs)).toEqual([10_000, 60_000, 120_000])
  })
})
