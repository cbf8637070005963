import type { LifecycleService } from './lifecycle-service'

type ServiceListener = (service: LifecycleService) => void

/** What `@xstate/inspect` looks for in `globalThis.__xstate__`, for one bridge alone. */
export class ServiceRegistry {
  readonly services = new Set<LifecycleService>()
  readonly #listeners = new Set<ServiceListener>()
  #asked = 0

  register(service: LifecycleService): void {
    this.services.add(service)
    for (const listener of this.#listeners) listener(service)
    service.onStop(() => this.services.delete(service))
  }

  /**
   * The first to ask, once a run, is the package's index of services, which forgets none until the end. It is there for
   * what an inspector sends to a service; none of that is let in, so the index is told of nobody.
   */
  onRegister(listener: ServiceListener): { unsubscribe(): void } {
    this.#asked += 1
    if (this.#asked === 1) return { unsubscribe() {} }
    this.#listeners.add(listener)
    for (const service of this.services) listener(service)
    return { unsubscribe: () => this.#listeners.delete(listener) }
  }

  clear(): void {
    this.services.clear()
    this.#listeners.clear()
  }
}

const GLOBAL = '__xstate__'

/**
 * The package puts a registry of its own, one for all, into a global that the app's XState reads too. For the length
 * of the call it finds ours there, whatever it puts; afterwards all is as it was.
 */
export function lendRegistry<Result>(registry: ServiceRegistry, call: () => Result): Result {
  const before = Object.getOwnPropertyDescriptor(globalThis, GLOBAL)
  Object.defineProperty(globalThis, GLOBAL, { configurable: true, get: () => registry, set: () => {} })
  try {
    return call()
  } finally {
    if (before) Object.defineProperty(globalThis, GLOBAL, before)
    else Reflect.deleteProperty(globalThis, GLOBAL)
  }
}
