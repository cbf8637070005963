import type { Report } from './lifecycle'
import type { Credentials, TokenRequest, TokenStore } from './types'

/**
 * What the adapters need of a store and nobody else does. On a registered symbol, so that an adapter of one module
 * flavour can open a store of the other.
 */
export interface Inside {
  /** The usable token of that request, without asking for anything. */
  present(request?: TokenRequest): Credentials | null
  /** The usable token of the lifecycle asked for last. */
  presentOfLast(): Credentials | null
  /** Remembers the token in hand now, and tells later whether it is still usable, also after `dispose`. */
  lease(request?: TokenRequest): () => Credentials | null
  /** Adds an event to the request's lifecycle. */
  report(request: TokenRequest | undefined, event: Report): void
}

const INSIDE = Symbol.for('livekit-token-store.inside')

export const open = (store: TokenStore, view: Inside): void => {
  Object.defineProperty(store, INSIDE, { value: view })
}

/** @throws TypeError when it is no store of this library. */
export function inside(store: TokenStore): Inside {
  const view = (store as (TokenStore & { [INSIDE]?: Inside }) | null | undefined)?.[INSIDE]
  if (!view) throw new TypeError('"store" must be what createTokenStore returned')
  return view
}
