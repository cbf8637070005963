import type { Clock, FetchToken, TokenRequest, TokenState, TokenStore } from 'livekit-token-store'
import type { CommandName } from './commands'

/** A lifecycle that is alive in a store. */
export interface Found {
  readonly lifecycle: string
  readonly request: TokenRequest
  readonly state: TokenState
  readonly controls: Controls
}

/** What a lifecycle lets devtools do; the same object as long as it lives. What `fetch` resolves with is not looked at. */
export interface Controls {
  fetch(options: { force: true }): Promise<unknown>
  invalidate(): void
  expire(): void
  holdOffline(held: boolean): void
  over: (fetchToken: FetchToken) => FetchToken
  /** The state's own, already while its causes are told. ms since the epoch. */
  readonly nextAt: number | null
}

/** What the store opens to devtools. */
export interface InsideStore {
  found(): readonly Found[]
  report(request: TokenRequest, event: { type: 'command'; name: CommandName }): void
  readonly clock: Clock
}

/** A registered symbol: the store may come from another module flavour, or another copy of the package. */
const INSIDE = Symbol.for('livekit-token-store.inside')

/** @throws TypeError when it is no store, or one that is older than its devtools. */
export function insideOf(store: TokenStore): InsideStore {
  const view = (store as (TokenStore & { [INSIDE]?: Partial<InsideStore> }) | null | undefined)?.[INSIDE]
  if (!view) throw new TypeError('"store" must be what createTokenStore returned')
  if (!view.found || !view.report || !view.clock)
    throw new TypeError('"store" is of a livekit-token-store that is older than its devtools: update it')
  return view as InsideStore
}
