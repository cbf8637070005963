import type { TokenEvent, TokenStatus, TokenStore, TokenView } from 'livekit-token-store'
import { Subscription } from 'rxjs'
import { boundedText, boundedTime } from './bounds'
import { carryOut, isHeldOffline } from './carry-out'
import type { CommandName } from './commands'
import { type Found, insideOf } from './inside-store'
import { projectDetail, projectError, projectRequest, projectView } from './project'
import { isLast, type RecordDetail, type RecordedRequest, type TokenRecord } from './record'

/** A record before the recorder has stamped it. */
export type Unstamped = Omit<TokenRecord, 'mono' | 'sequence' | 'storeId'>

interface Known {
  readonly request: RecordedRequest
  status: TokenStatus
  view: TokenView | null
  /** Whether anybody was told of it. */
  told: boolean
  /** Whether something of it was told to nobody. */
  missed: boolean
  /** Whether it was found so, and nothing has happened since. */
  found: boolean
}

interface AttachmentOptions {
  readonly now: () => number
  /** Says whether it was kept. */
  readonly record: (record: Unstamped) => boolean
  readonly onEnd: () => void
}

/** One store that is listened to. It looks at `events$` and `lifecycles$` alone, which never counts as observing. */
export class Attachment {
  readonly #store: TokenStore
  readonly #now: () => number
  readonly #record: (record: Unstamped) => boolean
  readonly #onEnd: () => void
  readonly #known = new Map<string, Known>()
  /** What ended while nobody was told. */
  readonly #endedUntold = new Map<string, { known: Known; type: TokenRecord['type'] }>()
  #subscription = new Subscription()

  constructor(store: TokenStore, { now, record, onEnd }: AttachmentOptions) {
    this.#store = store
    this.#now = now
    this.#record = record
    this.#onEnd = onEnd
  }

  /** Whoever is told may act on the store, and even take this back: so it listens before it tells. */
  start(): void {
    this.#subscription = this.#store.events$.subscribe({
      next: (event) => this.#onEvent(event),
      complete: this.#onEnd,
    })
    // One may be born and go before anything happened to it: whose it was is to be known by then.
    this.#subscription.add(this.#store.lifecycles$.subscribe(() => this.#meetAll()))
    for (const { lifecycle } of this.#allFound())
      if (!this.ended && !this.#known.get(lifecycle)?.told) this.#tellPresent(lifecycle, this.#now())
  }

  /** Whether the store was disposed of. */
  get ended(): boolean {
    return this.#subscription.closed
  }

  stop(): void {
    this.#subscription.unsubscribe()
    this.#endedUntold.clear()
  }

  /** How it is now, of all of which something was missed. */
  catchUp(): void {
    const at = insideOf(this.#store).clock.now()
    for (const [lifecycle, { known, type }] of this.#endedUntold)
      this.#tell({ at, lifecycle, type, from: null, to: null }, known, {})
    this.#endedUntold.clear()
    for (const [lifecycle, { missed }] of this.#known) if (missed) this.#tellPresent(lifecycle, at)
  }

  has(lifecycle: string): boolean {
    return this.#found(lifecycle) !== undefined
  }

  command(lifecycle: string, name: CommandName): void {
    const found = this.#found(lifecycle)
    if (found) carryOut(name, found, insideOf(this.#store))
  }

  /** Looked at anew: it may have changed, or be gone, since others were told of. */
  #tellPresent(lifecycle: string, at: number): void {
    const found = this.#found(lifecycle)
    if (!found) return
    const { state, controls } = found
    const known = this.#know(found, lifecycle)
    known.found = true
    const offline = isHeldOffline(controls) ? { on: true } : {}
    const detail = { ...projectError(state.error), ...waiting(found), ...offline }
    this.#tell({ at, lifecycle, type: 'attached', from: null, to: state.status }, known, detail)
  }

  #onEvent(event: TokenEvent): void {
    const { at, lifecycle, type } = event
    const known = this.#known.get(lifecycle) ?? this.#know(this.#found(lifecycle), lifecycle)
    const wasFound = known.found
    known.found = false
    // It was found in that state before the store had said so.
    if (wasFound && event.type === 'state' && event.from !== known.status && event.to === known.status) return
    if (event.type === 'state') {
      known.status = event.to
      known.view = projectView(event.view)
    }
    const ends = isLast(event)
    if (ends) {
      known.view = null
      this.#known.delete(lifecycle)
    }
    const [from, to] = event.type === 'state' ? [event.from, event.to] : [null, null]
    const kept = this.#tell({ at, lifecycle, type, from, to }, known, this.#detail(event))
    if (ends && !kept && known.told) this.#endedUntold.set(lifecycle, { known, type })
  }

  #tell(
    { at, ...what }: Pick<TokenRecord, 'at' | 'lifecycle' | 'type' | 'from' | 'to'>,
    known: Known,
    detail: RecordDetail,
  ): boolean {
    const { view, request } = known
    const store = boundedText(this.#store.name)
    const kept = this.#record({ at: boundedTime(at), store, ...what, view, request, detail })
    known.told ||= kept
    // An order is kept in any case: it says nothing of what came of it.
    if (what.type !== 'command') known.missed = !kept
    return kept
  }

  #detail(event: TokenEvent): RecordDetail {
    const detail = projectDetail(event)
    // A retry without a token changes no state, so the failure before it says when it is due.
    if (event.type === 'state' || event.type === 'attempt-failed')
      return { ...detail, ...waiting(this.#found(event.lifecycle)) }
    if (detail.command !== 'simulate-offline') return detail
    const found = this.#found(event.lifecycle)
    return { ...detail, on: found !== undefined && isHeldOffline(found.controls) }
  }

  #meetAll(): void {
    for (const found of this.#allFound())
      if (!this.#known.has(found.lifecycle)) this.#know(found, found.lifecycle)
  }

  /** What is known of it from now on. */
  #know(found: Found | undefined, lifecycle: string): Known {
    const { request, state } = found ?? {}
    const known = {
      request: projectRequest(request ?? {}),
      status: state?.status ?? 'idle',
      view: projectView(state?.token ?? null),
      told: false,
      missed: false,
      found: false,
    }
    this.#known.set(lifecycle, known)
    return known
  }

  #found(lifecycle: string): Found | undefined {
    return this.#allFound().find((found) => found.lifecycle === lifecycle)
  }

  #allFound(): readonly Found[] {
    return insideOf(this.#store).found()
  }
}

function waiting(found: Found | undefined): RecordDetail {
  const nextAt = found?.controls.nextAt ?? null
  return nextAt === null ? {} : { nextAt: boundedTime(nextAt) }
}
