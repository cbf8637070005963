import { EventEmitter } from 'node:events'
import { ConnectionError, type Room, RoomEvent } from 'livekit-client'

/** One call of `connect`, which pends until the test settles it. */
export interface ConnectCall {
  readonly url: string
  readonly token: string
  readonly options: unknown
  succeed(): void
  /** As upstream does it: the room is disconnected first, then the call rejects. */
  fail(error: unknown, reason?: number): void
}

/** What the tests need of upstream's Room, with its order of events, and nothing of a server. */
export class FakeRoom extends EventEmitter {
  state = 'disconnected'
  readonly calls: ConnectCall[] = []
  disconnects = 0
  /** A room that connects although it was told to disconnect. */
  deaf = false
  /** What a disconnect waits for before it does anything. */
  goodbye: Promise<void> | undefined
  #pending: { settle: () => void; reject: (error: unknown) => void } | null = null

  connect = (url: string, token: string, options?: unknown): Promise<void> => {
    if (this.state === 'connected') return Promise.resolve()
    this.become('connecting')
    return new Promise<void>((resolve, reject) => {
      this.#pending = { settle: resolve, reject }
      this.calls.push({
        url,
        token,
        options,
        succeed: () => {
          this.become('connected')
          this.emit(RoomEvent.Connected)
          resolve()
        },
        fail: (error, reason) => {
          this.end(reason)
          reject(error)
        },
      })
    })
  }

  disconnect = async (): Promise<void> => {
    this.disconnects += 1
    if (this.goodbye) await this.goodbye
    if (this.deaf || this.state === 'disconnected') return
    const pending = this.state === 'connecting' ? this.#pending : null
    this.end(1)
    pending?.reject(connectionError('Client initiated disconnect', 3))
  }

  become(state: string): void {
    if (this.state === state) return
    this.state = state
    this.emit(RoomEvent.ConnectionStateChanged, state)
  }

  end(reason?: number): void {
    if (this.state === 'disconnected') return
    this.become('disconnected')
    this.emit(RoomEvent.Disconnected, reason)
  }

  get listening(): number {
    return this.eventNames().reduce((count, name) => count + this.listenerCount(name), 0)
  }

  get room(): Room {
    return this as unknown as Room
  }
}

export const connectionError = (message: string, reason: number, status?: number): ConnectionError =>
  new (
    ConnectionError as unknown as new (
      message: string,
      reason: number,
      status?: number,
    ) => ConnectionError
  )(message, reason, status)

/** How upstream rejects when the server's answer is that status; the real body quotes the token. */
export const refusal = (token: string, status = 401): ConnectionError =>
  connectionError(`could not establish signal connection: invalid token: ${token}, error: expired`, 0, status)
