import { defer, distinctUntilChanged, of, switchMap } from 'rxjs'
import { abortReason } from './abort-reason'
import { disposeSymbol } from './dispose-symbol'
import { TokenError } from './errors'
import { disposed } from './failure'
import { createHandle } from './handle'
import { open } from './inside'
import { claimName, releaseName } from './names'
import { checkedOptions } from './options'
import { Registry } from './registry'
import { checkedRequest, requestKey } from './request'
import { observedStates, subscribeTo } from './streams'
import { watchSurroundings } from './surroundings'
import { createTimers } from './timers'
import type {
  Credentials,
  FetchOptions,
  TokenLifecycle,
  TokenRequest,
  TokenStore,
  TokenStoreOptions,
} from './types'
import { warnOfMissingExpiry } from './warnings'

/**
 * Creates the store of one token endpoint. Nothing is asked, and no timer or listener is set, before the first
 * call that needs it.
 *
 * @throws TypeError that quotes the option which is wrong.
 */
export function createTokenStore(options: TokenStoreOptions): TokenStore {
  const checked = checkedOptions(options)
  const name = claimName(checked.name)
  const timers = createTimers(checked.clock)

  const registry: Registry = new Registry(checked, (request, key) =>
    createHandle(request, {
      timers,
      initial: registry.initial,
      find: () => registry.find(key),
      alive: (handle) => enter(request, key, handle).lifecycle,
      fetch: (handle, fetchOptions) => ask(request, fetchOptions, key, handle),
    }),
  )
  const surroundings = watchSurroundings(checked, registry)
  warnOfMissingExpiry(registry.events$)

  function enter(request: TokenRequest, key?: string, handle?: TokenLifecycle) {
    surroundings.start()
    return registry.enter(checkedRequest(request), key, handle)
  }

  function ask(
    request: TokenRequest,
    fetchOptions: FetchOptions | undefined,
    key?: string,
    handle?: TokenLifecycle,
  ): Promise<Credentials> {
    // Who gave up beforehand asks nothing, and so is not the last who asked either.
    if (fetchOptions?.signal?.aborted) return Promise.reject(abortReason(fetchOptions.signal))
    try {
      const { lifecycle } = enter(request, key, handle)
      registry.ask(lifecycle)
      const answer = lifecycle.fetch(fetchOptions)
      if (answer) return answer
      if (registry.disposed) throw new TokenError(disposed)
      // Somebody who was told of it on the way had it make room.
      return ask(request, fetchOptions, key, handle)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  const state$ = defer(() =>
    registry.disposed
      ? of(registry.initial)
      : registry.last$.pipe(
          switchMap((lifecycle) => (lifecycle ? observedStates(lifecycle) : of(registry.initial))),
          distinctUntilChanged(),
        ),
  )

  const dispose = () => {
    // By then another store may have the name.
    if (registry.disposed) return
    surroundings.stop()
    registry.dispose()
    releaseName(name)
  }

  const store: TokenStore = {
    name,
    state$,
    events$: registry.events$.asObservable(),
    lifecycles$: defer(() => (registry.disposed ? of([]) : registry.handles$)),
    fetch: (request = {}, fetchOptions) => ask(request, fetchOptions),
    refresh: (request = {}) => ask(request, { force: true }),
    lifecycle: (request = {}) => enter(request).handle,
    getSnapshot: () => registry.last$.value?.state ?? registry.initial,
    subscribe: (next) => subscribeTo(state$, next),
    invalidate(request) {
      if (request !== undefined) registry.find(requestKey(checkedRequest(request)))?.invalidate()
      else for (const lifecycle of registry.lifecycles) lifecycle.invalidate()
    },
    dispose,
    [disposeSymbol]: dispose,
  }
  open(store, {
    present: (request = {}) => registry.find(requestKey(request))?.lease()() ?? null,
    presentOfLast: () => registry.last$.value?.lease()() ?? null,
    lease: (request = {}) => registry.find(requestKey(request))?.lease() ?? (() => null),
    report: (request, event) => registry.report(request, event),
    found: () => registry.found(),
    clock: checked.clock,
  })
  return store
}
