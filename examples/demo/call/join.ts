import type { Room } from 'livekit-client'
import type { TokenRequest, TokenStore } from 'livekit-token-store'
import { connectRoom } from 'livekit-token-store/livekit'

export function join(room: Room, store: TokenStore, request: TokenRequest, signal: AbortSignal) {
  // The server is on this machine or in its network: nobody far away has to tell us our address.
  const connectOptions = { rtcConfig: { iceServers: [] } }
  // Fetches a token from the store and connects; a token that the server refuses is replaced, once.
  // What becomes of the room is told by store.events$, beside what becomes of the token.
  return connectRoom(room, store, request, { signal, connectOptions })
}
