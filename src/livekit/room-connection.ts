import { type Room, RoomEvent } from 'livekit-client'
import { abortReason } from '../abort-reason'
import type { Clock } from '../clock'
import { inside } from '../inside'
import { createTimers, type Timers } from '../timers'
import type { Credentials, TokenRequest, TokenStore } from '../types'
import { abortable } from './abortable'
import { connectionTimedOut, isRefusal, noLiveKitServer } from './connection-error'
import { isNoLiveKitServer } from './probe-server'
import type { CheckedConnectOptions } from './room-arguments'
import { RoomWatch } from './room-watch'
import { scrubToken } from './scrub-token'

/** A connect that takes longer than this may be in livekit-client's endless loop, so the server is asked. */
const PROBE_AFTER_MS = 1_000

/** An answer that got lost is no answer: the loop would go on, so the server is asked again. */
const PROBE_AGAIN_AFTER_MS = 3_000

/** How long a rejection waits for the room to be down, so that its state is settled when the caller looks. */
const LEAVE_WITHIN_MS = 1_000

/** Of each room the connection that was begun last: an earlier one, when ended, leaves the room to it. */
const latest = new WeakMap<Room, RoomConnection>()

export interface ConnectionTarget {
  readonly room: Room
  readonly store: TokenStore
  readonly request: TokenRequest
}

/** One call of `connectRoom`. Whatever ends it early aborts one signal, whose reason it rejects with. */
export class RoomConnection {
  readonly #target: ConnectionTarget
  readonly #options: CheckedConnectOptions
  readonly #timers: Timers
  readonly #ending = new AbortController()
  /** Why, on our own account: not every signal knows. */
  #ended: { readonly reason: unknown } | null = null
  readonly #tokens = new Set<string>()
  /** The room's way down, once it was told to disconnect. */
  #leaving: Promise<void> | null = null

  constructor(target: ConnectionTarget, options: CheckedConnectOptions, clock: Clock) {
    this.#target = target
    this.#options = options
    this.#timers = createTimers(clock)
    this.#timers.hold(true)
  }

  async run(): Promise<void> {
    const { signal, connectTimeoutMs } = this.#options
    if (signal?.aborted) throw abortReason(signal)
    latest.set(this.#target.room, this)
    const stop = () => signal && this.#end(abortReason(signal))
    signal?.addEventListener('abort', stop)
    const timeout = this.#timers.alarm(() => this.#end(connectionTimedOut(connectTimeoutMs)))
    if (connectTimeoutMs !== Infinity) timeout.set(this.#timers.now() + connectTimeoutMs)
    try {
      await this.#connect()
      // Aborted after the room was connected and before anybody could know.
      if (this.#ended) this.#leave()
      if (this.#ended) throw this.#ended.reason
    } catch (error) {
      await this.#left()
      throw scrubToken(this.#ended ? this.#ended.reason : error, this.#tokens)
    } finally {
      timeout.set(null)
      signal?.removeEventListener('abort', stop)
    }
  }

  #end(reason: unknown): void {
    this.#ended ??= { reason }
    this.#ending.abort(reason)
  }

  /** One try, and one more with a new token when the first one's is refused. */
  async #connect(): Promise<void> {
    const first = await this.#fetch(false)
    try {
      return await this.#try(first)
    } catch (error) {
      if (this.#ending.signal.aborted || !isRefusal(error)) throw error
    }
    const second = await this.#fetch(true)
    try {
      await this.#try(second)
    } catch (error) {
      if (!this.#ending.signal.aborted && isRefusal(error)) this.#forget(second)
      throw error
    }
  }

  async #fetch(force: boolean): Promise<Credentials> {
    const { store, request } = this.#target
    const { signal } = this.#ending
    const credentials = await store.fetch(request, { force, signal })
    this.#tokens.add(credentials.participantToken)
    return credentials
  }

  #try({ serverUrl, participantToken }: Credentials): Promise<void> {
    const { room, store, request } = this.#target
    const { signal } = this.#ending
    const settled = new AbortController()
    const leave = () => this.#leave()
    // A server that let the client in is a LiveKit server.
    let isKnown = false
    const known = () => {
      isKnown = true
      probe.set(null)
    }
    const probe = this.#timers.alarm(async () => {
      await this.#probe(serverUrl, participantToken, settled.signal)
      if (!isKnown) probe.set(this.#timers.now() + PROBE_AGAIN_AFTER_MS)
    })
    return RoomWatch.of(room, store, request).connect(async () => {
      signal.addEventListener('abort', leave)
      room.on(RoomEvent.SignalConnected, known)
      probe.set(this.#timers.now() + PROBE_AFTER_MS)
      try {
        await abortable(async () => {
          await room.connect(serverUrl, participantToken, this.#options.connectOptions)
          // The room may connect after all, whatever it was told meanwhile.
          if (signal.aborted) this.#leave()
        }, signal)
      } finally {
        signal.removeEventListener('abort', leave)
        room.off(RoomEvent.SignalConnected, known)
        known()
        settled.abort()
      }
    })
  }

  /**
   * livekit-client asks a server that is none in an endless loop (hundreds of times a second; Chromium slows it down),
   * until the room is told to disconnect.
   */
  async #probe(serverUrl: string, token: string, signal: AbortSignal): Promise<void> {
    const isNone = await isNoLiveKitServer(serverUrl, token, signal)
    if (isNone && !signal.aborted) this.#end(noLiveKitServer(serverUrl))
  }

  /** A token that was refused even when new is worth nothing, unless the store has another one by now. */
  #forget({ participantToken }: Credentials): void {
    const { store, request } = this.#target
    if (inside(store).present(request)?.participantToken === participantToken) store.invalidate(request)
  }

  #leave(): void {
    const { room } = this.#target
    if (latest.get(room) !== this) return
    // A microtask later: within its own `SignalConnected` event the room does not survive a disconnect. A later call
    // on the room connects after that, as it has a token to wait for.
    this.#leaving = Promise.resolve()
      .then(() => room.disconnect())
      .catch(() => {})
  }

  async #left(): Promise<void> {
    if (!this.#leaving) return
    const leaving = this.#leaving
    await new Promise<void>((resolve) => {
      const alarm = this.#timers.alarm(resolve)
      alarm.set(this.#timers.now() + LEAVE_WITHIN_MS)
      void leaving.then(() => {
        alarm.set(null)
        resolve()
      })
    })
  }
}
