import { type Room, RoomEvent } from 'livekit-client'
import { inside } from '../inside'
import { frozenCopy, requestKey } from '../request'
import type { RoomConnectionState, TokenRequest, TokenStore } from '../types'
import { isRefusal } from './connection-error'
import { endsToken, reasonName } from './disconnect-policy'

/** livekit-client's `ConnectionState`, as the store tells it. A disconnect is told by its own event, with its reason. */
const TOLD_STATES: Readonly<Record<string, RoomConnectionState>> = {
  connecting: 'connecting',
  connected: 'connected',
  reconnecting: 'reconnecting',
  signalReconnecting: 'reconnecting',
}

/** The watches of each room, so that who follows and who connects share one, and each change is told once. */
const watches = new WeakMap<Room, Set<RoomWatch>>()

/** One room's events on one lifecycle of a store, and the token's fate at a disconnect. */
export class RoomWatch {
  readonly #room: Room
  readonly #store: TokenStore
  readonly #request: Readonly<TokenRequest>
  #followers = 0
  /** Whether `connectRoom` connected the room, or is about to: then the watch lasts until the disconnect. */
  #session = false
  /** How many connects are under way. */
  #connects = 0
  /** A disconnect while one was, whose meaning is not decided yet. */
  #disconnect: { readonly reason: number | undefined } | null = null
  #listening = false
  #told: RoomConnectionState = 'disconnected'

  constructor(room: Room, store: TokenStore, request: TokenRequest) {
    this.#room = room
    this.#store = store
    this.#request = frozenCopy(request)
  }

  /** The watch of that room, store and request; made now if need be. */
  static of(room: Room, store: TokenStore, request: TokenRequest): RoomWatch {
    const ofRoom = watches.get(room) ?? new Set<RoomWatch>()
    watches.set(room, ofRoom)
    const key = requestKey(request)
    for (const watch of ofRoom) {
      if (watch.#store === store && requestKey(watch.#request) === key) return watch
    }
    return new RoomWatch(room, store, request)
  }

  /** Watches until the returned function is called. */
  follow(): () => void {
    this.#followers += 1
    this.#listen()
    let following = true
    return () => {
      if (!following) return
      following = false
      this.#followers -= 1
      this.#leaveIfAlone()
    }
  }

  /**
   * Connects the room and watches until it is disconnected. While that pends, a disconnect decides nothing about
   * the token, as the error that follows says more: of a refusal the caller makes what it will.
   */
  async connect(work: () => Promise<void>): Promise<void> {
    this.#session = true
    this.#connects += 1
    this.#listen()
    let refused = false
    try {
      await work()
    } catch (error) {
      refused = isRefusal(error)
      throw error
    } finally {
      this.#connects -= 1
      if (this.#connects === 0) this.#settle(refused)
    }
  }

  #settle(refused: boolean): void {
    const disconnect = this.#disconnect
    this.#disconnect = null
    if (disconnect && !refused) this.#decide(disconnect.reason)
    // A room that is still on its way down has its end to tell yet.
    this.#session = this.#room.state !== 'disconnected'
    this.#leaveIfAlone()
  }

  #listen(): void {
    if (this.#listening) return
    this.#listening = true
    watches.get(this.#room)?.add(this)
    this.#told = TOLD_STATES[this.#room.state] ?? 'disconnected'
    this.#room
      .on(RoomEvent.ConnectionStateChanged, this.#onState)
      .on(RoomEvent.Moved, this.#onMoved)
      .on(RoomEvent.Disconnected, this.#onDisconnected)
  }

  #leaveIfAlone(): void {
    if (!this.#listening || this.#followers > 0 || this.#session) return
    this.#listening = false
    watches.get(this.#room)?.delete(this)
    this.#room
      .off(RoomEvent.ConnectionStateChanged, this.#onState)
      .off(RoomEvent.Moved, this.#onMoved)
      .off(RoomEvent.Disconnected, this.#onDisconnected)
  }

  #onState = (state: string): void => {
    const next = TOLD_STATES[state]
    if (next && next !== this.#told) this.#tell(next)
  }

  #onMoved = (): void => this.#report('moved')

  #onDisconnected = (reason?: number): void => {
    this.#tell('disconnected', reason === undefined ? undefined : reasonName(reason))
    if (this.#connects > 0) {
      this.#disconnect = { reason }
      return
    }
    this.#session = false
    this.#leaveIfAlone()
    this.#decide(reason)
  }

  #decide(reason: number | undefined): void {
    if (endsToken(reason)) this.#store.invalidate(this.#request)
  }

  #tell(state: RoomConnectionState, reason?: string): void {
    this.#told = state
    this.#report(state, reason)
  }

  #report(state: RoomConnectionState, reason?: string): void {
    inside(this.#store).report(this.#request, {
      type: 'room',
      request: this.#request,
      state,
      ...(reason === undefined ? {} : { reason }),
    })
  }
}
