import { TokenSource } from 'livekit-client'
import { inside } from '../inside'
import type { TokenRequest, TokenStore } from '../types'

interface TokenSourceOptions {
  /**
   * What a forced fetch does that fails, or that `dispose` cuts short, while the present token is still usable.
   * 'serve' (default): it resolves with that token, because LiveKit's `useSession` forces at each disconnect and
   * catches nothing; `state$` shows the error. 'reject': it rejects.
   */
  onForcedFailure?: 'serve' | 'reject' | undefined
}

/**
 * The store as LiveKit's components take it: a real `TokenSource.custom`, so `instanceof TokenSourceConfigurable`
 * holds, but one whose `fetch` goes straight to the store. Upstream's own would put a second cache before it,
 * which hands out tokens that the store has replaced, and would hide `force` from it.
 *
 * @throws TypeError for a bad `onForcedFailure`.
 */
export function toTokenSource(
  store: TokenStore,
  { onForcedFailure = 'serve' }: TokenSourceOptions = {},
): ReturnType<typeof TokenSource.custom> {
  if (onForcedFailure !== 'serve' && onForcedFailure !== 'reject') {
    throw new TypeError(`"onForcedFailure" must be 'serve' or 'reject'`)
  }
  const view = inside(store)
  const source = TokenSource.custom((options) => store.fetch(options))
  const forced = async (options?: TokenRequest) => {
    if (onForcedFailure === 'reject') return store.refresh(options)
    const kept = view.lease(options)
    try {
      return await store.refresh(options)
    } catch (error) {
      const credentials = kept()
      if (credentials) return credentials
      throw error
    }
  }
  // Nothing between a hit and the store: not even a promise of our own.
  source.fetch = (options, force) => (force ? forced(options) : store.fetch(options))
  // Upstream's own method decodes, with the store's token in the cache's place: `decodeTokenPayload` is not
  // exported by every version.
  const decodeCached = source.getCachedResponseJwtPayload
  source.getCachedResponseJwtPayload = () =>
    decodeCached.call({ cachedResponse: view.presentOfLast() } as never)
  return source
}
