import { TokenSource } from 'livekit-client'
import { createTokenStore } from 'livekit-token-store'
import { toTokenSource } from 'livekit-token-store/livekit'
import { bench, describe } from 'vitest'
import { credentials } from '../test/helpers/tokens'

// Read the ratios, not the times: upstream's TokenSource.custom runs in the same process as the peer.
// Run with `npm run bench`.

const answer = async () => credentials({ issuedAt: Date.now() })
const request = { roomName: 'lobby', participantIdentity: 'ada', participantAttributes: { seat: '12' } }

const store = createTokenStore({ fetchToken: answer })
const ours = toTokenSource(store)
const upstream = TokenSource.custom(answer)
await Promise.all([store.fetch(request), upstream.fetch(request)])

describe('a token in hand is handed over', () => {
  bench('TokenSource.custom', async () => {
    await upstream.fetch(request)
  })
  bench('toTokenSource(store)', async () => {
    await ours.fetch(request)
  })
  bench('store.fetch', async () => {
    await store.fetch(request)
  })
})

describe('a hundred callers ask at once for a first token', () => {
  const callers = Array.from({ length: 100 })
  bench('TokenSource.custom', async () => {
    const source = TokenSource.custom(answer)
    await Promise.all(callers.map(() => source.fetch(request)))
  })
  bench('store.fetch', async () => {
    const fresh = createTokenStore({ fetchToken: answer })
    await Promise.all(callers.map(() => fresh.fetch(request)))
    fresh.dispose()
  })
})

describe('twenty rooms, one token each', () => {
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
