import type { Clock, Credentials } from 'livekit-token-store'
import type { SimulatedClock } from '../helpers/clock'
import { type Answer, type FetchCall, failure, scriptedFetcher, token, value } from '../helpers/fetcher'
import { claims } from './setup'

/** How an endpoint answers from now on. */
export interface Mood {
  mood: 'good' | 'down' | 'refuses' | 'limits' | 'hangs' | 'nonsense' | 'stale' | 'same' | 'throws'
  latencyMs: number
  lifetimeMs: number
}

/** The store's own view of the clock: its timers are counted apart from the endpoint's. */
export function counted(clock: SimulatedClock): { clock: Clock; asked: number; waiting: Set<unknown> } {
  const waiting = new Set<unknown>()
  const count = {
    asked: 0,
    waiting,
    clock: {
      now: clock.now,
      setTimeout(callback: () => void, delayMs: number) {
        count.asked += 1
        const handle = clock.setTimeout(() => {
          waiting.delete(handle)
          callback()
        }, delayMs)
        waiting.add(handle)
        return handle
      },
      clearTimeout(handle: unknown) {
        waiting.delete(handle)
        clock.clearTimeout(handle)
      },
    },
  }
  return count
}

/** Whether a token may still be handed over, by its own claims. */
export function usable(credentials: Credentials, now: number): boolean {
  const { exp, nbf } = claims(credentials) as { exp: number; nbf: number }
  return now < exp * 1_000 - Math.min(10_000, (exp - nbf) * 100)
}

/** An endpoint whose mood changes; a fetcher that answers late, says when each of its answers arrived. */
export function moodyEndpoint(clock: SimulatedClock) {
  const script = scriptedFetcher(clock)
  const answered = new Map<string, number>()
  const settled = new Set<FetchCall>()
  let now: Mood = { mood: 'good', latencyMs: 0, lifetimeMs: 600_000 }
  let first: Credentials | undefined
  const answers: Record<Mood['mood'], () => Answer> = {
    good: () => token({ lifetimeMs: now.lifetimeMs }),
    down: () => failure(503),
    refuses: () => failure(403),
    limits: () => failure(429, { retryAt: clock.now() + 45_000 }),
    hangs: () => () => new Promise(() => {}),
    nonsense: () => value({ serverUrl: 'nowhere' }),
    stale: () => token({ issuedAt: clock.now() - 700_000 }),
    same: () => (first ? value(first) : token({ lifetimeMs: now.lifetimeMs })),
    throws: () => () => {
      throw new Error('broken')
    },
  }
  script.usually((call) => {
    const answer = answers[now.mood]()
    const give = async () => {
      try {
        const given = await answer(call, clock)
        if (given?.participantToken) {
          first ??= given
          answered.set(`${given.participantToken} ${clock.now()}`, clock.now())
        }
        return given
      } finally {
        settled.add(call)
      }
    }
    if (now.mood === 'throws') {
      settled.add(call)
      return answer(call, clock)
    }
    const { latencyMs } = now
    if (latencyMs === 0) return give()
    return new Promise((resolve, reject) => {
      clock.setTimeout(() => give().then(resolve, reject), latencyMs)
    })
  })
  return {
    ...script,
    settled,
    /** Whether this token arrived at this very moment. */
    justCame: (credentials: Credentials) => answered.has(`${credentials.participantToken} ${clock.now()}`),
    turn: (to: Mood) => {
      now = to
    },
  }
}
