import type { Observable } from 'rxjs'
import type { AttemptReason, TokenStatus, TokenView } from '../machines/vocabulary'
import type { Clock } from './clock'
import type { TokenError } from './errors'

declare global {
  // For projects whose `lib` is older than ESNext.Disposable; merges with the standard's where it is there.
  interface SymbolConstructor {
    readonly dispose: unique symbol
  }
}

/**
 * LiveKit's token fetch options. Compared by value: `undefined` equals absent, `{}` equals absent attributes,
 * key order is nothing. Unknown keys reach the fetcher untouched and tell lifecycles apart.
 */
export type TokenRequest = {
  roomName?: string | undefined
  participantName?: string | undefined
  participantIdentity?: string | undefined
  participantMetadata?: string | undefined
  participantAttributes?: Record<string, string> | undefined
  agentName?: string | undefined
  agentMetadata?: string | undefined
  deployment?: string | undefined
  [key: string]: unknown
}

/** What a room connects with. The only place where a raw token exists. */
export interface Credentials {
  /** `ws:`, `wss:`, `http:` or `https:`. */
  serverUrl: string
  /** A JWT. */
  participantToken: string
}

/** What the fetcher is told of the attempt that it makes. */
export interface FetchContext {
  /** Aborted when the attempt times out, is superseded, invalidated or disposed of. */
  readonly signal: AbortSignal
  /** 1 for the first attempt of a series of retries. */
  readonly attempt: number
  /** Whether the caller asked for a new token though one was there. */
  readonly force: boolean
  readonly reason: AttemptReason
}

/**
 * Asks the token endpoint. What it throws may carry `status` (an HTTP status) and `retryAt` (ms since the
 * epoch), and both are obeyed. The snake_case keys `server_url` and `participant_token` are accepted too.
 */
export type FetchToken = (
  request: TokenRequest,
  context: FetchContext,
) => Credentials | PromiseLike<Credentials>

interface StateFacts {
  /** What went wrong last; null after a success. Has no `cause`. */
  readonly error: TokenError | null
  /** The attempt's number within the present series of retries; 0 when there is none. */
  readonly attempt: number
  /** When the waiting retry runs, or when a limit ends; ms since the epoch, else null. */
  readonly nextAt: number | null
  /** When this status began; ms since the epoch. */
  readonly since: number
}

export interface TokenAbsentState extends StateFacts {
  readonly status: 'idle' | 'fetching' | 'failed'
  readonly token: null
}

export interface TokenPresentState extends StateFacts {
  readonly status: 'valid' | 'expiring' | 'refreshing'
  readonly token: TokenView
}

/** A lifecycle's state; `status` narrows `token`. */
export type TokenState = TokenAbsentState | TokenPresentState

/** Callable, and with `unsubscribe`: React, Svelte, Solid and RxJS take it as it is. */
export type Unsubscribe = (() => void) & { unsubscribe(): void }

export interface FetchOptions {
  /** A new token though the present one is good. Concurrent forced fetches share one attempt. Default: false. */
  force?: boolean | undefined
  /** Ends this caller's wait only; the attempt goes on. */
  signal?: AbortSignal | undefined
}

/** One request's token. A handle stays good for ever: if its lifecycle was evicted, the next call starts anew. */
export interface TokenLifecycle {
  /** A copy of the request as it was first given. */
  readonly request: Readonly<TokenRequest>
  /** Present value first. A subscriber counts as observing, so the token is kept fresh. */
  readonly state$: Observable<TokenState>
  /** The status alone, each change once, present value first. Counts as observing. */
  readonly status$: Observable<TokenStatus>
  /**
   * ms to the token's end by the corrected clock, never negative, 0 without a token; at once, on each change
   * and every `everyMs` (default: 1,000). Does not count as observing.
   *
   * @throws TypeError when `everyMs` is no positive number.
   */
  remaining$(everyMs?: number): Observable<number>
  /** The same reference until something changed. Works unbound. */
  getSnapshot(): TokenState
  /** Calls `next` at once with the present state, then on each change. Works unbound. */
  subscribe(next?: (state: TokenState) => void): Unsubscribe
  /** A usable token: at once when there is one, else from the endpoint. Rejects with a `TokenError`, or `signal.reason`. */
  fetch(options?: FetchOptions): Promise<Credentials>
  /** `fetch` with force. */
  refresh(): Promise<Credentials>
  /** Forgets the token; who waits gets the next attempt. */
  invalidate(): void
}

/** What happened, of every lifecycle, without a secret in it. A closed union. */
export type TokenEvent = {
  /** ms since the epoch by the store's clock. */
  readonly at: number
  /** The lifecycle's ordinal, in the order of their birth: '1', '2', … */
  readonly lifecycle: string
} & (
  | {
      readonly type: 'state'
      readonly from: TokenStatus
      readonly to: TokenStatus
      readonly view: TokenView | null
      readonly error: TokenError | null
    }
  | { readonly type: 'attempt'; readonly attempt: number; readonly reason: AttemptReason }
  | {
      readonly type: 'attempt-failed'
      readonly attempt: number
      readonly code: TokenError['code']
      readonly status?: number
    }
  | { readonly type: 'expired-on-arrival' }
  | { readonly type: 'no-expiry' }
  | { readonly type: 'clock-corrected'; readonly byMs: number }
  | { readonly type: 'invalidated' }
  | { readonly type: 'evicted' }
  | { readonly type: 'disposed' }
  | { readonly type: 'command'; readonly name: string }
  | {
      readonly type: 'room'
      readonly request: Readonly<TokenRequest>
      readonly state: RoomConnectionState
      readonly reason?: string
    }
)

export type RoomConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'moved' | 'disconnected'

export interface RetryOptions {
  /** Attempts without a usable token before `failed`. Default: 4. */
  maxAttempts?: number | undefined
  /** The first wait, ms; it doubles from there. Default: 1,000. */
  baseMs?: number | undefined
  /** The longest wait, ms, but none is shorter than 500 ms, or `baseMs` if that is less. Default: 30,000. */
  capMs?: number | undefined
}

export interface StoreEnvironment {
  /** Whether the network is there. Default: `navigator.onLine` and its events; none in Node. */
  online$?: Observable<boolean> | undefined
  /** Emits when the device woke up. Default: `visibilitychange` to visible and `pageshow`; none in Node. */
  wake$?: Observable<unknown> | undefined
}

export interface TokenStoreOptions {
  /** Asks the token endpoint; `fromEndpoint` and `fromTokenSource` of `/livekit` make one. */
  fetchToken: FetchToken
  /** Shown in devtools, made unique. Default: 'tokens'. */
  name?: string | undefined
  /**
   * 'observed' (default): refreshed on time while somebody observes a state or waits. 'always': from the first
   * fetch until dispose. 'never': only on fetch.
   */
  keepFresh?: 'observed' | 'always' | 'never' | undefined
  /** How long before expiry the refresh is due, ms. Default: a fifth of the lifetime, 10 s to 120 s. At most half the lifetime. */
  refreshLeadMs?: number | ((lifetimeMs: number) => number) | undefined
  /** The most by which a refresh comes earlier, ms, uniform. Default: 30,000. At most a tenth of the lifetime. */
  refreshJitterMs?: number | undefined
  /** A token with less left than this is not handed out, ms. Default: 10,000. At most a tenth of the lifetime. */
  minValidityMs?: number | undefined
  /** A fetcher that has not settled by then is aborted, ms. Default: 10,000. */
  attemptTimeoutMs?: number | undefined
  retry?: RetryOptions | undefined
  /** Whether an error is final: not retried. Default: status 400, 401, 403, 404 or 422. */
  isRefused?: ((error: unknown) => boolean) | undefined
  /** How many lifecycles are kept; the least recently used go first, never one in use. Default: 100. */
  maxLifecycles?: number | undefined
  /** Default: the machine's. */
  clock?: Clock | undefined
  /** 0 ≤ x < 1, for jitter and backoff. Default: `Math.random`. */
  random?: (() => number) | undefined
  environment?: StoreEnvironment | undefined
}

/** The lifecycles of one token endpoint, keyed by request value. */
export interface TokenStore {
  /** `options.name`, or 'tokens', made unique. */
  readonly name: string
  /** A usable token: at once when there is one, else from the endpoint. Rejects with a `TokenError`, or `signal.reason`. */
  fetch(request?: TokenRequest, options?: FetchOptions): Promise<Credentials>
  /**
   * The handle of that request's lifecycle, the same as long as it lives.
   *
   * @throws TypeError when `request` is no object.
   */
  lifecycle(request?: TokenRequest): TokenLifecycle
  /** In order of birth, present value first. Does not count as observing. */
  readonly lifecycles$: Observable<readonly TokenLifecycle[]>
  /** Of the lifecycle asked for last; present value first. Counts as observing it. */
  readonly state$: Observable<TokenState>
  /** Of every lifecycle, as it happens. Does not count as observing. */
  readonly events$: Observable<TokenEvent>
  /** The state of the lifecycle asked for last; the same reference until something changed. Works unbound. */
  getSnapshot(): TokenState
  /** Calls `next` at once with the present state, then on each change. Works unbound. */
  subscribe(next?: (state: TokenState) => void): Unsubscribe
  /** `fetch` with force. */
  refresh(request?: TokenRequest): Promise<Credentials>
  /**
   * Forgets one token, or, without an argument, all. `{}` is the default request.
   *
   * @throws TypeError when `request` is no object.
   */
  invalidate(request?: TokenRequest): void
  /** Waiters reject; timers and listeners go. */
  dispose(): void
  [Symbol.dispose](): void
}
