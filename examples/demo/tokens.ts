import { createTokenStore } from 'livekit-token-store'
import { fromEndpoint, toTokenSource } from 'livekit-token-store/livekit'
import type { Network } from './network'
import type { DemoRoom } from './rooms'

export function createTokens(endpoint: string, network: Network, rooms: readonly DemoRoom[]) {
  const store = createTokenStore({
    name: 'demo',
    fetchToken: fromEndpoint(endpoint, { fetch: network.fetch }),
    environment: { online$: network.online$ },
  })
  return {
    store,
    // For a Room or useSession: hands out the store's tokens, and asks the endpoint for nothing twice.
    source: toTokenSource(store),
    // A lifecycle is one request's token. Who subscribes to its state$ keeps it fresh.
    lifecycles: rooms.map((room) => ({ room, lifecycle: store.lifecycle(room.request) })),
  }
}
