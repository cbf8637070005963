import type { Report } from './lifecycle'
import type { CommandName } from './simulation'
import type { Credentials, TokenRequest, TokenState, TokenStore } from './types'

/** A lifecycle that is alive, as devtools find it. */
export interface Found {
  /** As in its events. */
  readonly lifecycle: string
  readonly request: TokenRequest
  readonly state: TokenState
  readonly offline: boolean
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
  /** The lifecycles that are alive, in order of birth. `offline`: whether devtools ordered that. */
  found(): readonly Found[]
  /** Carries out a command of devtools; false when no such lifecycle is alive. */
  command(lifecycle: string, name: CommandName): boolean
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
