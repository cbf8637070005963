import { decodeJwt } from 'jose'
import { TokenSource, type TokenSourceConfigurable } from 'livekit-client'
import { type Credentials, createTokenStore, type FetchToken, type TokenRequest } from 'livekit-token-store'
import { toTokenSource } from 'livekit-token-store/livekit'
import { onTestFinished, vi } from 'vitest'
import { START } from '../../helpers/clock'
import { credentials, type TokenSpec } from '../../helpers/tokens'

type Fetcher = (request: TokenRequest) => Credentials | PromiseLike<Credentials>

/** A token source as a component holds it. Both kinds are made of the same fetcher. */
export interface Candidate {
  /** As upstream's hook calls it. */
  fetch(options?: TokenRequest, force?: boolean): Promise<Credentials>
  readonly source: TokenSourceConfigurable
  /** How often the fetcher was called. */
  readonly calls: number
}

export type Make = (fetcher: Fetcher) => Candidate

const candidate = (source: TokenSourceConfigurable, fetcher: { mock: { calls: unknown[] } }): Candidate => ({
  source,
  fetch: (...given) => source.fetch(...(given as Parameters<typeof source.fetch>)),
  get calls() {
    return fetcher.mock.calls.length
  },
})

/** LiveKit's own `TokenSource.custom` over the fetcher. */
export const upstream: Make = (fetcher) => {
  const spy = vi.fn((request: TokenRequest) => fetcher(request))
  return candidate(TokenSource.custom(spy as Parameters<typeof TokenSource.custom>[0]), spy)
}

/** `toTokenSource` of a store over the fetcher. */
export const ours = (fetcher: FetchToken) => {
  const spy = vi.fn(fetcher)
  const store = createTokenStore({ fetchToken: spy })
  onTestFinished(() => store.dispose())
  return Object.assign(candidate(toTokenSource(store), spy), { store })
}

/** Time stands still until told, for both kinds: upstream reads `Date`, the store's clock too. */
export function stopTime() {
  vi.useFakeTimers({ now: START })
  onTestFinished(() => void vi.useRealTimers())
}

/** What became of a promise within so many simulated ms: its value, its error, or 'pending'. */
export async function outcome<T>(promise: PromiseLike<T>, withinMs = 0): Promise<T | Error | 'pending'> {
  let result: T | Error | 'pending' = 'pending'
  promise.then(
    (value) => {
      result = value
    },
    (error: Error) => {
      result = error
    },
  )
  await vi.advanceTimersByTimeAsync(withinMs)
  return result
}

/** A token for what is asked, issued now. */
export const tokenFor = (
  { roomName = 'A', participantAttributes }: TokenRequest,
  spec: Partial<TokenSpec> = {},
) =>
  credentials({
    issuedAt: Date.now(),
    room: roomName,
    ...(participantAttributes ? { claims: { attributes: { ...participantAttributes } } } : {}),
    ...spec,
  })

const claimsOf = (answer: unknown) =>
  decodeJwt<{ video: { room: string }; attributes?: object }>((answer as Credentials).participantToken)

export const roomOf = (answer: unknown) => claimsOf(answer).video.room
export const attributesOf = (answer: unknown) => claimsOf(answer).attributes

/** An endpoint's refusal, which no retry would change. */
export const refusal = () => Object.assign(new Error('Forbidden.'), { status: 403 })
