import type { TokenPolicy } from './context'
import { defaultRefreshLead } from './refresh-timing'

/** What a store does when nothing else is said. The reasons are in the README's table of defaults. */
export const defaultPolicy: TokenPolicy = {
  keepFresh: 'observed',
  refreshLeadMs: defaultRefreshLead,
  refreshJitterMs: 30_000,
  minValidityMs: 10_000,
  maxAttempts: 4,
  retryBaseMs: 1_000,
  retryCapMs: 30_000,
}
