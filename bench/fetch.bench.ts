import { TokenSource } from 'livekit-client'
import { type Credentials, createTokenStore } from 'livekit-token-store'
import { toTokenSource } from 'livekit-token-store/livekit'
import { bench, describe } from 'vitest'
import { credentials } from '../test/helpers/tokens'

// Read the ratios, not the times: the peers run in the same process, one after the other.
// Run with `npm run bench`.

const answer = async () => credentials({ issuedAt: Date.now() })
/** Written inline at each call, as in a component that renders. */
const inline = () => ({
  roomName: 'lobby',
  participantIdentity: 'ada',
  participantAttributes: { seat: '12' },
})

const store = createTokenStore({ fetchToken: answer })
const ours = toTokenSource(store)
const upstream = TokenSource.custom(answer)
const kept = await store.fetch(inline())
await ours.fetch(inline())

/** The least that a cache can do. */
async function compareOneField(request: { roomName: string }): Promise<Credentials | null> {
  return request.roomName === 'lobby' ? kept : null
}

// Many calls a sample: one alone is shorter than what measuring it costs.
const times = async (call: () => Promise<unknown>) => {
  for (let count = 0; count < 1_000; count += 1) await call()
}

describe('a token in hand, a thousand times, its request written inline', () => {
  bench('an async function that compares one field', () => times(() => compareOneField(inline())))
  bench('store.fetch', () => times(() => store.fetch(inline())))
  bench('toTokenSource(store).fetch', () => times(() => ours.fetch(inline())))
  bench('TokenSource.custom', () => times(() => upstream.fetch(inline())))
})

const SLOW_MS = 20
const slowAnswer = async () => {
  await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
  return answer()
}
const thousand = Array.from({ length: 1_000 }, (_, index) => ({ roomName: `room ${index % 10}` }))
// Upstream takes a call after the other, so one round of it is half a minute.
const ONE_ROUND = { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 }

describe(`a thousand fetches at once over ten requests, of an endpoint that takes ${SLOW_MS} ms`, () => {
  bench('store.fetch', async () => {
    const fresh = createTokenStore({ fetchToken: slowAnswer })
    await Promise.all(thousand.map((request) => fresh.fetch(request)))
    fresh.dispose()
  })
  bench(
    'TokenSource.custom',
    async () => {
      const source = TokenSource.custom(slowAnswer)
      await Promise.all(thousand.map((request) => source.fetch(request)))
    },
    ONE_ROUND,
  )
})

describe('twenty rooms, one first token each', () => {
  const rooms = Array.from({ length: 20 }, (_, index) => ({ roomName: `room ${index}` }))
  bench('TokenSource.custom, one a room', async () => {
    await Promise.all(rooms.map((room) => TokenSource.custom(answer).fetch(room)))
  })
  bench('one store', async () => {
    const fresh = createTokenStore({ fetchToken: answer })
    await Promise.all(rooms.map((room) => fresh.fetch(room)))
    fresh.dispose()
  })
})
