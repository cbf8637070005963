import type { Clock } from './clock'
import type { Report } from './lifecycle'
import type { Credentials, FetchOptions, FetchToken, TokenRequest, TokenState, TokenStore } from './types'

/** A lifecycle that is alive, as devtools find it. */
export interface Found {
  /** As in its events. */
  readonly lifecycle: string
  readonly request: TokenRequest
  readonly state: TokenState
  readonly controls: Controls
}

/** What devtools may do with a lifecycle: the same object as long as it lives. */
export interface Controls {
  /** null when it lives no more. */
  fetch(options?: FetchOptions): Promise<Credentials> | null
  invalidate(): void
  /** The token in hand counts as ended from now on. */
  expire(): void
  /** As if there were no network, whatever there is. */
  holdOffline(held: boolean): void
  /** Stands between the lifecycle and its fetcher; at first it is the fetcher itself. */
  over: (fetchToken: FetchToken) => FetchToken
  /** The state's own, already while its causes are told. ms since the epoch. */
  readonly nextAt: number | null
}

/**
 * What the adapters and devtools need of a store and nobody else does. On a registered symbol, so that an adapter of one module
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
  /** The lifecycles that are alive, in order of birth. */
  found(): readonly Found[]
  readonly clock: Clock
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
