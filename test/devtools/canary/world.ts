import { createRecorder, type Recorder } from 'livekit-token-devtools'
import {
  type Credentials,
  createTokenStore,
  type TokenRequest,
  type TokenStore,
  type TokenStoreOptions,
} from 'livekit-token-store'
import { type SimulatedClock, settle, simulatedClock } from '../../helpers/clock'
import { FakeRoom } from '../../livekit/room/fake-room'
import { type Canary, createCanary } from './canary'

/** What the fetcher does at one call. */
export type Answer = (canary: Canary) => unknown

/** A real store, a real recorder and a room without a server, in which nothing but the canary is private. */
export interface World {
  readonly canary: Canary
  readonly clock: SimulatedClock
  readonly store: TokenStore
  readonly recorder: Recorder
  readonly room: FakeRoom
  /** Answers the next calls, one each; every other call gets a token. */
  next(...answers: Answer[]): void
  /** Whatever became of it: that it settled is enough. */
  outcome(promise: Promise<unknown>): Promise<void>
  /** A request with the family in every field that devtools have no business with. */
  request(room: string): TokenRequest
}

/** `isNamed`: the store's own name has a token in it. */
export function createWorld(isNamed = false, options: Partial<TokenStoreOptions> = {}): World {
  const canary = createCanary()
  const clock = simulatedClock()
  const answers: Answer[] = []
  const first = canary.issue({ now: clock.now() }).participantToken
  const store = createTokenStore({
    name: isNamed ? `kitchen ${first}` : 'kitchen',
    clock,
    random: () => 0,
    retry: { maxAttempts: 2 },
    environment: {},
    async fetchToken({ roomName }) {
      const answer = answers.shift()
      return (
        answer ? await answer(canary) : canary.issue({ now: clock.now(), room: roomName ?? 'A' })
      ) as Credentials
    },
    ...options,
  })
  const recorder = createRecorder({ clock, allowCommands: true, maxRecords: 5_000, maxBytes: 10_000_000 })
  recorder.attach(store)
  return {
    canary,
    clock,
    store,
    recorder,
    room: new FakeRoom(),
    next: (...more) => void answers.push(...more),
    async outcome(promise) {
      let over = false
      const end = () => {
        over = true
      }
      promise.then(end, end)
      // A retry waits by the simulated clock, an answer may take real time.
      for (let second = 0; !over; second += 1) {
        if (second > 600) throw new Error('Nothing became of it')
        await (second < 60 ? clock.advance(1_000) : new Promise((resolve) => setTimeout(resolve, 100)))
      }
      await settle()
    },
    request: (roomName) => ({
      roomName,
      participantIdentity: 'me',
      participantName: canary.mark('participantName'),
      participantMetadata: JSON.stringify({ token: first, secret: canary.mark('participantMetadata') }),
      participantAttributes: { token: first, [canary.mark('attribute key')]: canary.mark('attribute') },
      agentMetadata: canary.mark('agentMetadata'),
      deployment: canary.mark('deployment'),
      [first]: canary.mark('unknown key'),
      nested: { list: [first, { deeper: canary.mark('nested') }] },
    }),
  }
}
