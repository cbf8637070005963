import { defer } from 'rxjs'
import type { Lifecycle } from './lifecycle'
import { frozenCopy } from './request'
import { observedStates, remaining, statuses, subscribeTo } from './streams'
import type { Timers } from './timers'
import type { FetchOptions, TokenLifecycle, TokenRequest, TokenState } from './types'

interface HandleOptions {
  readonly timers: Timers
  /** What there is to see of one that does not live. */
  readonly initial: TokenState
  /** The lifecycle that lives now; undefined when it was evicted. */
  readonly find: () => Lifecycle | undefined
  /** The lifecycle, started anew if need be. */
  readonly alive: (handle: TokenLifecycle) => Lifecycle
  readonly fetch: (handle: TokenLifecycle, options?: FetchOptions) => ReturnType<TokenLifecycle['fetch']>
}

const EVERY_MS = 1_000

/** What the app holds of a lifecycle: it outlives it. `getSnapshot` and `invalidate` start nothing; all else starts it anew. */
export function createHandle(request: TokenRequest, options: HandleOptions): TokenLifecycle {
  const { timers, find, alive } = options
  const state$ = defer(() => observedStates(alive(handle)))
  const handle: TokenLifecycle = {
    request: frozenCopy(request),
    state$,
    status$: statuses(state$),
    remaining$: (everyMs = EVERY_MS) => remaining(() => alive(handle), timers, everyMs),
    getSnapshot: () => find()?.state ?? options.initial,
    subscribe: (next) => subscribeTo(state$, next),
    fetch: (fetchOptions) => options.fetch(handle, fetchOptions),
    refresh: () => options.fetch(handle, { force: true }),
    invalidate: () => find()?.invalidate(),
  }
  return handle
}
