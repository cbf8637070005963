import type { Room } from 'livekit-client'
import { systemClock } from '../clock'
import type { TokenRequest, TokenStore } from '../types'
import { type ConnectRoomOptions, checkedConnectOptions, checkedTarget } from './room-arguments'
import { RoomConnection } from './room-connection'

/**
 * Fetches a token and connects the room. A token that the server refuses with 401 or 403 is replaced by a forced
 * fetch, once. The room's changes join the store's `events$` until it is disconnected, and the disconnect's reason
 * decides whether the token is kept. Nothing rejoins by itself.
 *
 * Rejects with the fetch's `TokenError`, with livekit-client's own `ConnectionError` (a token in its text replaced
 * by `[token]`), with one of reason ServiceNotFound (7) when `serverUrl` is no LiveKit server, with one of reason
 * Timeout (5) after `connectTimeoutMs`, with `signal.reason`, or with a `TypeError` that quotes a bad argument.
 */
export async function connectRoom(
  room: Room,
  store: TokenStore,
  request?: TokenRequest,
  options?: ConnectRoomOptions,
): Promise<void> {
  const target = { room, store, request: checkedTarget(room, store, request) }
  return new RoomConnection(target, checkedConnectOptions(options), systemClock).run()
}
