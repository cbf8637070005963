import type { TokenEvent, TokenState, TokenStore, TokenView } from 'livekit-token-store'
import type { Subscription } from 'rxjs'
import { carryOut, isHeldOffline } from './carry-out'
import type { CommandName } from './commands'
import { type Found, insideOf } from './inside-store'
import { projectDetail, projectError, projectRequest, projectView } from './project'
import type { RecordDetail, RecordedRequest, TokenRecord } from './record'
import { maskTokens } from './tripwire'

/** A record before the recorder has stamped it. */
export type Unstamped = Omit<TokenRecord, 'mono' | 'sequence' | 'storeId'>

interface Known {
  readonly request: RecordedRequest
  view: TokenView | null
}

interface AttachmentOptions {
  readonly now: () => number
  readonly record: (record: Unstamped) => void
  readonly onEnd: () => void
}

/** One store that is listened to. It looks at `events$` alone, which never counts as observing. */
export class Attachment {
  readonly #store: TokenStore
  readonly #record: (record: Unstamped) => void
  readonly #known = new Map<string, Known>()
  readonly #subscription: Subscription

  constructor(store: TokenStore, { now, record, onEnd }: AttachmentOptions) {
    this.#store = store
    this.#record = record
    for (const found of insideOf(store).found()) this.#onFound(found, now())
    this.#subscription = store.events$.subscribe({
      next: (event) => this.#onEvent(event),
      complete: onEnd,
    })
  }

  /** Whether the store was disposed of. */
  get ended(): boolean {
    return this.#subscription.closed
  }

  stop(): void {
    this.#subscription.unsubscribe()
  }

  has(lifecycle: string): boolean {
    return this.#found(lifecycle) !== undefined
  }

  command(lifecycle: string, name: CommandName): void {
    const found = this.#found(lifecycle)
    if (found) carryOut(name, found, insideOf(this.#store))
  }

  #onFound({ lifecycle, request, state, controls }: Found, at: number): void {
    const known = { request: projectRequest(request), view: projectView(state.token) }
    this.#known.set(lifecycle, known)
    const offline = isHeldOffline(controls) ? { on: true } : {}
    const detail = { ...projectError(state.error), ...waiting(state), ...offline }
    this.#tell({ at, lifecycle, type: 'attached', from: null, to: state.status }, known, detail)
  }

  #onEvent(event: TokenEvent): void {
    const { at, lifecycle, type } = event
    const known = this.#knownOf(lifecycle)
    if (event.type === 'state') known.view = projectView(event.view)
    if (type === 'evicted' || type === 'disposed') {
      known.view = null
      this.#known.delete(lifecycle)
    }
    const [from, to] = event.type === 'state' ? [event.from, event.to] : [null, null]
    this.#tell({ at, lifecycle, type, from, to }, known, this.#detail(event))
  }

  #tell(
    { at, ...what }: Pick<TokenRecord, 'at' | 'lifecycle' | 'type' | 'from' | 'to'>,
    { view, request }: Known,
    detail: RecordDetail,
  ): void {
    this.#record({ at, store: maskTokens(this.#store.name), ...what, view, request, detail })
  }

  #detail(event: TokenEvent): RecordDetail {
    const detail = projectDetail(event)
    if (event.type === 'state') return { ...detail, ...waiting(this.#found(event.lifecycle)?.state) }
    if (detail.command !== 'simulate-offline') return detail
    const found = this.#found(event.lifecycle)
    return { ...detail, on: found !== undefined && isHeldOffline(found.controls) }
  }

  #knownOf(lifecycle: string): Known {
    const known = this.#known.get(lifecycle)
    if (known) return known
    const born = { request: projectRequest(this.#found(lifecycle)?.request ?? {}), view: null }
    this.#known.set(lifecycle, born)
    return born
  }

  #found(lifecycle: string): Found | undefined {
    return insideOf(this.#store)
      .found()
      .find((found) => found.lifecycle === lifecycle)
  }
}

const waiting = (state: TokenState | undefined): RecordDetail =>
  state && state.nextAt !== null ? { nextAt: state.nextAt } : {}
