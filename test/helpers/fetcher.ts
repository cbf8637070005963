import type { Clock, Credentials, FetchContext, FetchToken, TokenRequest } from 'livekit-token-store'
import { SERVER_URL, signToken, type TokenSpec } from './tokens'

/** One call of the fetcher, as the test sees it. */
export interface FetchCall {
  /** 1 for the first. */
  readonly number: number
  /** ms since the epoch. */
  readonly at: number
  /** The very object that the store gave. */
  readonly request: TokenRequest
  readonly context: FetchContext
  /** Pends until one of the following settles it; only the answer `byHand` hands it to the store. */
  readonly promise: Promise<Credentials>
  succeed(spec?: Partial<TokenSpec>): Credentials
  give(value: unknown): void
  fail(error?: unknown): void
}

/** How a call is answered. What it returns is what the fetcher returns; what it throws, the fetcher throws. */
export type Answer = (call: FetchCall, clock: Clock) => Credentials | PromiseLike<Credentials>

/** A fetcher's error as an HTTP client would throw it. */
export const httpError = (status?: number, more: { retryAt?: number; message?: string } = {}): Error => {
  const { message = 'the endpoint said no', ...rest } = more
  return Object.assign(new Error(message), status === undefined ? rest : { status, ...rest })
}

const fresh = (call: FetchCall, clock: Clock, spec: Partial<TokenSpec> = {}): Credentials => ({
  serverUrl: SERVER_URL,
  participantToken: signToken({
    issuedAt: clock.now(),
    room: call.request.roomName ?? 'A',
    ...spec,
    // The number makes each token another one, even two of the same moment.
    claims: { jti: String(call.number), ...spec.claims },
  }),
})

/** A new token, issued at the moment of the call. */
export const token =
  (spec?: Partial<TokenSpec>): Answer =>
  (call, clock) =>
    Promise.resolve(fresh(call, clock, spec))

/** A rejection with that status; without one, as when the network is gone. */
export const failure =
  (status?: number, more?: { retryAt?: number; message?: string }): Answer =>
  () =>
    Promise.reject(httpError(status, more))

/** Whatever value, typed or not, as the fetcher's resolution. */
export const value =
  (answer: unknown): Answer =>
  () =>
    Promise.resolve(answer as Credentials)

/** Nothing until the test settles the call; a hang if it never does. */
export const byHand: Answer = (call) => call.promise

export interface ScriptedFetcher {
  readonly fetchToken: FetchToken
  readonly calls: readonly FetchCall[]
  /** The call of that number, 1 for the first; throws when there was none. */
  call(number: number): FetchCall
  /** The moments of the calls, ms after the first one. */
  readonly times: readonly number[]
  /** Queues answers for the next calls, one each. */
  next(...answers: Answer[]): void
  /** The answer to every call for which none is queued. Default: a new ten-minute token. */
  usually(answer: Answer): void
}

/** A fetcher that answers as told and records who asked it what, and when. */
export function scriptedFetcher(clock: Clock): ScriptedFetcher {
  const calls: FetchCall[] = []
  const queue: Answer[] = []
  let usual = token()
  return {
    fetchToken(request, context) {
      let settleWith: (answer: Credentials) => void = () => {}
      let rejectWith: (error: unknown) => void = () => {}
      const promise = new Promise<Credentials>((resolve, reject) => {
        settleWith = resolve
        rejectWith = reject
      })
      promise.catch(() => {})
      const call: FetchCall = {
        number: calls.length + 1,
        at: clock.now(),
        request,
        context,
        promise,
        succeed(spec) {
          const answer = fresh(call, clock, spec)
          settleWith(answer)
          return answer
        },
        give: (answer) => settleWith(answer as Credentials),
        fail: (error = httpError(500)) => rejectWith(error),
      }
      calls.push(call)
      return (queue.shift() ?? usual)(call, clock)
    },
    calls,
    call(number) {
      const found = calls[number - 1]
      if (!found) throw new Error(`The fetcher was called ${calls.length} times, never a time ${number}.`)
      return found
    },
    get times() {
      return calls.map((call) => call.at - (calls[0]?.at ?? 0))
    },
    next: (...answers) => void queue.push(...answers),
    usually(answer) {
      usual = answer
    },
  }
}
