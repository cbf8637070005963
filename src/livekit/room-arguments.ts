import type { Room, RoomConnectOptions } from 'livekit-client'
import { inside } from '../inside'
import { checkedRequest, copyRequest } from '../request'
import type { TokenRequest, TokenStore } from '../types'

export interface ConnectRoomOptions {
  /** Handed to `Room.connect` as they are. */
  connectOptions?: RoomConnectOptions | undefined
  /** Ends the connecting at any moment, never in a connected room; means nothing once it is connected. */
  signal?: AbortSignal | undefined
  /** Ends what never ends, from the call on, ms. Default: 60,000. */
  connectTimeoutMs?: number | undefined
}

export interface CheckedConnectOptions {
  readonly connectOptions: RoomConnectOptions | undefined
  readonly signal: AbortSignal | undefined
  readonly connectTimeoutMs: number
}

const DEFAULT_CONNECT_TIMEOUT_MS = 60_000

/** @throws TypeError that quotes the argument which is wrong. Returns the request's copy. */
export function checkedTarget(room: Room, store: TokenStore, request: TokenRequest = {}): TokenRequest {
  const methods = ['connect', 'disconnect', 'on', 'off'] as const
  if (!isObject(room) || !methods.every((name) => typeof room[name] === 'function')) {
    throw new TypeError('"room" must be a Room of livekit-client')
  }
  inside(store)
  return copyRequest(checkedRequest(request))
}

/** @throws TypeError that quotes the option which is wrong and says what it must be. */
export function checkedConnectOptions(options: ConnectRoomOptions = {}): CheckedConnectOptions {
  if (!isObject(options)) throw new TypeError('"options" must be an object')
  const { connectOptions, signal, connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = options
  if (connectOptions !== undefined && !isObject(connectOptions)) {
    throw new TypeError('"connectOptions" must be an object, as Room.connect takes it')
  }
  // Not by `instanceof`: a signal may be of another realm, or of a polyfill.
  const isSignal = isObject(signal) && typeof signal.aborted === 'boolean' && 'addEventListener' in signal
  if (signal !== undefined && !isSignal) throw new TypeError('"signal" must be an AbortSignal')
  if (typeof connectTimeoutMs !== 'number' || !(connectTimeoutMs > 0)) {
    throw new TypeError('"connectTimeoutMs" must be a positive number of ms')
  }
  return { connectOptions, signal, connectTimeoutMs }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
