import { type UseSessionReturn, useSession } from '@livekit/components-react'
import { decodeJwt } from 'jose'
import { setLogLevel, TokenSource, type TokenSourceConfigurable } from 'livekit-client'
import { createTokenStore, type TokenRequest } from 'livekit-token-store'
import { toTokenSource } from 'livekit-token-store/livekit'
import { act, StrictMode } from 'react'
import { onTestFinished, vi } from 'vitest'
import { START, simulatedClock } from '../../helpers/clock'
import { type ScriptedFetcher, scriptedFetcher } from '../../helpers/fetcher'
import { firstAttempt } from '../helpers'
import { OfflineRoom } from './offline-room'
import { render, settled } from './render'

setLogLevel('silent')

/** A token source as an app hands it to the hook, and the endpoint that it asks. */
export interface Side {
  readonly source: TokenSourceConfigurable
  readonly endpoint: ScriptedFetcher
}

/** LiveKit's own `TokenSource.custom`. */
export function upstream(): Side {
  const clock = stillClock()
  const endpoint = scriptedFetcher(clock)
  const ask = (request: TokenRequest) => endpoint.fetchToken(request, firstAttempt())
  return { source: TokenSource.custom(ask as Parameters<typeof TokenSource.custom>[0]), endpoint }
}

/** `toTokenSource` of a store, both on a simulated clock. */
export function ours(options?: Parameters<typeof toTokenSource>[1]) {
  const clock = stillClock()
  const endpoint = scriptedFetcher(clock)
  const store = createTokenStore({ fetchToken: endpoint.fetchToken, clock, random: () => 0 })
  onTestFinished(() => store.dispose())
  return { source: toTokenSource(store, options), endpoint, store, clock }
}

/** Upstream reads `Date`, which stands at the simulated clock's beginning; nothing else is faked. */
function stillClock() {
  vi.useFakeTimers({ now: START, toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  return simulatedClock()
}

/** A component that uses the real hook over that source. `options` is a new object at each render, as inline ones are. */
export async function mountSession(
  source: TokenSourceConfigurable,
  options: () => TokenRequest = () => ({}),
  { strict = false } = {},
) {
  const room = new OfflineRoom()
  const sessions: UseSessionReturn[] = []
  function Session({ request }: { request: TokenRequest }) {
    sessions.push(useSession(source, { ...(request as object), room }))
    return null
  }
  const node = (request: TokenRequest) =>
    strict ? (
      <StrictMode>
        <Session request={request} />
      </StrictMode>
    ) : (
      <Session request={request} />
    )
  const { rerender, unmount } = await render(node(options()))
  const latest = () => sessions.at(-1)!
  /** `session.start()` without a microphone; in `outcome` is 'connected', the error, or 'pending' until then. */
  const start = async (signal?: AbortSignal) => {
    const call: { outcome: unknown } = { outcome: 'pending' }
    act(() => {
      latest()
        .start({ tracks: {}, ...(signal && { signal }) })
        .then(
          () => Object.assign(call, { outcome: 'connected' }),
          (outcome: unknown) => Object.assign(call, { outcome }),
        )
    })
    await settled()
    return call
  }
  return {
    room,
    unmount,
    rerender: (next: TokenRequest = options()) => rerender(node(next)),
    start,
    /** What `start` came to. */
    started: async () => (await start()).outcome,
    async end(): Promise<void> {
      await act(() => latest().end())
      await settled()
    },
    /** The server ends the session. */
    async dropped(reason?: number): Promise<void> {
      act(() => room.end(reason))
      await settled()
    },
  }
}

/** Which room a token is for, and which call of the endpoint made it. */
export function readToken(token: string | undefined) {
  const { video, jti } = decodeJwt<{ video: { room: string } }>(token ?? '')
  return { room: video.room, call: Number(jti) }
}

/** `console.warn`, which is how the hook tells of a prefetch that failed, kept from the output. */
export function muteWarnings() {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  onTestFinished(() => warn.mockRestore())
  return warn
}
