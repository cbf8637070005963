import type { Room } from 'livekit-client'
import type { TokenRequest, TokenStore } from '../types'
import { checkedTarget } from './room-arguments'
import { RoomWatch } from './room-watch'

/**
 * For a room that something else connects, as LiveKit's `useSession` does: its changes join the store's
 * `events$`, and a disconnect that ends the token invalidates it, until the returned function is called. Together
 * with `connectRoom` on the same room, store and request each change is told once.
 *
 * @throws TypeError that quotes the argument which is wrong.
 */
export function followRoom(room: Room, store: TokenStore, request?: TokenRequest): () => void {
  return RoomWatch.of(room, store, checkedTarget(room, store, request)).follow()
}
