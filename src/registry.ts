import { Subject } from 'rxjs'
import { InOrder } from './in-order'
import type { Found } from './inside'
import { Lifecycle, type Report } from './lifecycle'
import type { Options } from './options'
import { copyRequest, plainlyEqual, requestKey } from './request'
import { idleState } from './token-state'
import type { TokenEvent, TokenLifecycle, TokenRequest, TokenState } from './types'

interface Living {
  readonly ordinal: string
  /** Of its request. */
  readonly key: string
  readonly lifecycle: Lifecycle
  readonly handle: TokenLifecycle
  /** The number of its latest use; 0 while it is being born for somebody, who has yet to use it. */
  usedAt: number
}

const isUnused = ({ usedAt, lifecycle }: Living): boolean => usedAt > 0 && !lifecycle.inUse

/** Makes the handle of a request; `alive` finds its lifecycle, or starts one anew. */
export type CreateHandle = (request: TokenRequest, key: string) => TokenLifecycle

/** The lifecycles that are alive, by request value, in order of birth; the least recently used make room. */
export class Registry {
  readonly events$ = new Subject<TokenEvent>()
  readonly handles$ = new InOrder<readonly TokenLifecycle[]>([])
  /** The lifecycle asked for last. */
  readonly last$ = new InOrder<Lifecycle | null>(null)
  /** What there is to see before anything happened. */
  readonly initial: TokenState
  readonly #living = new Map<string, Living>()
  readonly #options: Options
  readonly #createHandle: CreateHandle
  /** The one entered last, if it lives. */
  #recent: Living | null = null
  #online = true
  #uses = 0
  #births = 0
  #disposed = false

  constructor(options: Options, createHandle: CreateHandle) {
    this.#options = options
    this.#createHandle = createHandle
    this.initial = idleState(options.clock.now())
  }

  get disposed(): boolean {
    return this.#disposed
  }

  get lifecycles(): readonly Lifecycle[] {
    return [...this.#living.values()].map(({ lifecycle }) => lifecycle)
  }

  /** The lifecycle of that key, if it lives. */
  find(key: string): Lifecycle | undefined {
    return this.#living.get(key)?.lifecycle
  }

  /** The lifecycle and its handle, born now if need be; `handle` is the one to keep when it starts anew. */
  enter(request: TokenRequest, key?: string, handle?: TokenLifecycle): Living {
    const living =
      key === undefined
        ? (this.#recently(request) ?? this.#byKey(request, requestKey(request)))
        : this.#byKey(request, key, handle)
    living.usedAt = ++this.#uses
    this.#recent = living
    return living
  }

  #recently(request: TokenRequest): Living | null {
    const recent = this.#recent
    return recent && plainlyEqual(request, recent.lifecycle.request) ? recent : null
  }

  #byKey(request: TokenRequest, key: string, handle?: TokenLifecycle): Living {
    return this.#living.get(key) ?? this.#bear(request, key, handle)
  }

  /** Makes it the one asked for last. */
  ask(lifecycle: Lifecycle): void {
    if (this.last$.value !== lifecycle && !this.#disposed) this.last$.next(lifecycle)
  }

  setOnline(online: boolean): void {
    this.#online = online
    for (const lifecycle of this.lifecycles) lifecycle.setOnline(online)
  }

  found(): Found[] {
    return [...this.#living.values()].map(({ ordinal, lifecycle }) => ({
      lifecycle: ordinal,
      request: lifecycle.request,
      state: lifecycle.state,
      controls: lifecycle,
    }))
  }

  report(request: TokenRequest | undefined, event: Report): void {
    const { ordinal } = this.enter(request ?? {})
    this.#tell(ordinal, event)
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    for (const { lifecycle } of this.#living.values()) lifecycle.stop('disposed')
    this.#living.clear()
    this.#recent = null
    this.handles$.next([])
    for (const stream$ of [this.handles$, this.last$, this.events$]) stream$.complete()
  }

  #bear(request: TokenRequest, key: string, known?: TokenLifecycle): Living {
    const ordinal = String(++this.#births)
    const copy = copyRequest(request)
    const report = (event: Report) => this.#tell(ordinal, event)
    const lifecycle = new Lifecycle({
      request: copy,
      options: this.#options,
      online: this.#online,
      initial: this.initial,
      report,
    })
    const living = { ordinal, key, lifecycle, handle: known ?? this.#createHandle(copy, key), usedAt: 0 }
    if (this.#disposed) {
      lifecycle.stop('disposed')
      return living
    }
    this.#living.set(key, living)
    this.#makeRoom()
    this.#tellHandles()
    return living
  }

  /** Whoever is told of one that goes may use the next, or have others go: each is looked at when its turn comes. */
  #makeRoom(): void {
    const unused = [...this.#living.values()].filter(isUnused).sort((a, b) => a.usedAt - b.usedAt)
    for (const living of unused) {
      if (this.#living.size <= this.#options.maxLifecycles) break
      if (!living.lifecycle.stopped && isUnused(living)) this.#evict(living)
    }
  }

  #evict(living: Living): void {
    const { key, lifecycle } = living
    this.#living.delete(key)
    if (this.#recent === living) this.#recent = null
    lifecycle.stop('evicted')
    if (this.last$.value === lifecycle) this.last$.next(null)
  }

  #tellHandles(): void {
    this.handles$.next([...this.#living.values()].map(({ handle }) => handle))
  }

  #tell(lifecycle: string, event: Report): void {
    this.events$.next({ at: this.#options.clock.now(), lifecycle, ...event } as TokenEvent)
  }
}
