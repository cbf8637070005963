import type { TokenSourceConfigurable, TokenSourceFetchOptions, TokenSourceFixed } from 'livekit-client'
import type { Credentials, FetchToken, TokenRequest } from '../types'
import { abortable } from './abortable'
import { readUpstreamError } from './upstream-error'

/**
 * A fetcher that asks one of LiveKit's own token sources, of either module flavour, always with `force`: the
 * store caches. Upstream's call cannot be aborted, so an abort ends the wait for it only.
 *
 * @throws TypeError at once, for something without `fetch`.
 */
export function fromTokenSource(source: TokenSourceFixed | TokenSourceConfigurable): FetchToken {
  if (typeof (source as TokenSourceFixed | null | undefined)?.fetch !== 'function') {
    throw new TypeError('"source" must be a token source: an object with a `fetch` method')
  }
  // A fixed source takes no arguments, and ignores them.
  const configurable = source as TokenSourceConfigurable
  return (request, { signal }) =>
    abortable(async (): Promise<Credentials> => {
      try {
        return await withOwnCache(configurable).fetch(present(request), true)
      } catch (error) {
        throw readUpstreamError(error)
      }
    }, signal)
}

/**
 * Upstream's caching sources make one call at a time, so a call that hangs would block every later one for ever;
 * and the first of them know no `force` and answer other options from the cache. The store does both jobs: each
 * call gets a view of the source with a lock and a cache of its own.
 */
function withOwnCache(source: TokenSourceConfigurable): TokenSourceConfigurable {
  if (!Object.hasOwn(source, 'fetchMutex')) return source
  return Object.create(source, {
    fetchMutex: { value: { lock: async () => () => {} } },
    cachedResponse: { value: null, writable: true },
    cachedFetchOptions: { value: null, writable: true },
  })
}

/** Upstream's endpoint cannot encode an option that is there and undefined. */
const present = (request: TokenRequest) =>
  Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined),
  ) as TokenSourceFetchOptions
