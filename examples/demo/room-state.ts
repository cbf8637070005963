import type { TokenEvent, TokenLifecycle, TokenState, TokenStatus, TokenStore } from 'livekit-token-store'
import {
  asapScheduler,
  combineLatest,
  filter,
  interval,
  map,
  type Observable,
  observeOn,
  scan,
  startWith,
} from 'rxjs'

export type Transition = Extract<TokenEvent, { type: 'state' }>

/** All that a room's card shows. */
export interface RoomState {
  readonly token: TokenState
  /** ms to the token's end; 0 without one. */
  readonly remainingMs: number
  readonly observed: boolean
  /** The last transition; null before the first. */
  readonly last: Transition | null
  /** States left a moment ago: some last no longer than a blink. */
  readonly passed: ReadonlySet<TokenStatus>
  /** ms since the epoch, for what is counted down. */
  readonly now: number
}

const AFTERGLOW_MS = 2_500
const TICK_MS = 250

/** Of one room, four times a second. It only looks: neither `events$` nor `remaining$` counts as observing. */
export function roomState$(
  store: TokenStore,
  lifecycle: TokenLifecycle,
  observed$: Observable<boolean>,
): Observable<RoomState> {
  const transitions$ = store.events$.pipe(
    filter((event): event is Transition => event.type === 'state'),
    filter((event) => event.lifecycle === ordinalOf(store, lifecycle)),
    scan<Transition, readonly Transition[]>((before, next) => [...before.slice(-5), next], []),
    startWith<readonly Transition[]>([]),
  )
  const ticks$ = interval(TICK_MS).pipe(startWith(0))
  return combineLatest([transitions$, lifecycle.remaining$(TICK_MS), observed$, ticks$]).pipe(
    // An event is told on the way to a state: look when the store is there.
    observeOn(asapScheduler),
    map(([transitions, remainingMs, observed]) => {
      const now = Date.now()
      const recent = transitions.filter(({ at }) => now - at < AFTERGLOW_MS)
      return {
        token: lifecycle.getSnapshot(),
        remainingMs,
        observed,
        last: transitions.at(-1) ?? null,
        passed: new Set(recent.map(({ from }) => from)),
        now,
      }
    }),
  )
}

/** How events name a lifecycle: by the order of birth. */
export function ordinalOf(store: TokenStore, { request }: TokenLifecycle): string {
  let ordinal = 0
  const lookOnce = store.lifecycles$.subscribe((all) => {
    ordinal = 1 + all.findIndex((each) => each.request.roomName === request.roomName)
  })
  lookOnce.unsubscribe()
  return String(ordinal)
}
