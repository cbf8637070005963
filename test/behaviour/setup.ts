import {
  type Credentials,
  createTokenStore,
  type TokenError,
  type TokenEvent,
  type TokenState,
  type TokenStore,
  type TokenStoreOptions,
} from 'livekit-token-store'
import { BehaviorSubject, Subject } from 'rxjs'
import { onTestFinished } from 'vitest'
import { type SimulatedClock, START, simulatedClock } from '../helpers/clock'
import { type ScriptedFetcher, scriptedFetcher } from '../helpers/fetcher'

/** When the refresh of a ten-minute token of START is due, without jitter. */
export const DUE = START + 480_000
/** When such a token stops being usable: ten seconds before it expires. */
export const UNUSABLE = START + 590_000

export interface Scene {
  readonly store: TokenStore
  readonly clock: SimulatedClock
  readonly endpoint: ScriptedFetcher
  readonly online$: BehaviorSubject<boolean>
  readonly wake$: Subject<void>
  /** Moves on to that moment, ms since the epoch. */
  until(moment: number): Promise<void>
}

/** A store on a simulated clock, without luck (`random` is 0) unless told, disposed of after the test. */
export function scene(options: Partial<TokenStoreOptions> = {}): Scene {
  const clock = simulatedClock()
  const endpoint = scriptedFetcher(clock)
  const online$ = new BehaviorSubject(true)
  const wake$ = new Subject<void>()
  const store = createTokenStore({
    fetchToken: endpoint.fetchToken,
    clock,
    random: () => 0,
    environment: { online$, wake$ },
    ...options,
  })
  onTestFinished(() => store.dispose())
  return { store, clock, endpoint, online$, wake$, until: (moment) => clock.advance(moment - clock.now()) }
}

export interface Outcome {
  status: 'pending' | 'fulfilled' | 'rejected'
  credentials?: Credentials
  reason?: unknown
}

/** What has become of a promise so far; nobody else need handle its rejection. */
export function watch(promise: Promise<Credentials>): Outcome {
  const outcome: Outcome = { status: 'pending' }
  promise.then(
    (credentials) => Object.assign(outcome, { status: 'fulfilled', credentials }),
    (reason: unknown) => Object.assign(outcome, { status: 'rejected', reason }),
  )
  return outcome
}

/** The error that rejects; throws when none does. */
export async function rejection(promise: Promise<Credentials>): Promise<TokenError> {
  return promise.then(
    () => {
      throw new Error('It resolved.')
    },
    (error: TokenError) => error,
  )
}

/** The claims within the token. */
export function claims(from: Credentials | undefined): Record<string, unknown> & { jti?: string } {
  const payload = from?.participantToken.split('.')[1] ?? ''
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}

/** The number of the fetcher's call that brought this token. */
export const callOf = (from: Credentials | undefined): number => Number(claims(from).jti)

/** Every state told from now on, the present one first. This observes. */
export function states(of: { subscribe(next: (state: TokenState) => void): () => void }): TokenState[] {
  const told: TokenState[] = []
  of.subscribe((state) => told.push(state))
  return told
}

export const statuses = (told: readonly TokenState[]): string[] => told.map((state) => state.status)

/** Every event from now on. This observes nothing. */
export function events(store: TokenStore): TokenEvent[] {
  const told: TokenEvent[] = []
  store.events$.subscribe((event) => told.push(event))
  return told
}

export function ofType<T extends TokenEvent['type']>(
  told: readonly TokenEvent[],
  type: T,
): Extract<TokenEvent, { type: T }>[] {
  return told.filter((event): event is Extract<TokenEvent, { type: T }> => event.type === type)
}

export { START }
