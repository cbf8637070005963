import type { Clock } from 'livekit-token-store'
import { systemClock } from '../clock'
import type { TokenRecord } from '../recorder/record'
import { recordsAfter } from '../recorder/records-after'
import type { Recorder } from '../recorder/types'
import { newAppId } from './app-id'
import { backgroundTimer } from './background-timer'
import { backoffMs } from './backoff'
import { batchesOf } from './batches'
import { followRecorder } from './follow-recorder'
import { type Command, ENVELOPE, type FromApp, MAX_FRAME_BYTES } from './messages'
import { parseFrame } from './parse-frame'
import { readToApp } from './read-messages'
import type { OpenSocket, SocketLike } from './socket'

/** With more bytes than this on their way, the rest waits in the recorder, which is bounded. */
const HIGH_WATER = MAX_FRAME_BYTES
const LOOK_AGAIN_MS = 100

export interface AppConnectionOptions {
  /** As `inspectorSocketUrl` makes it. */
  readonly url: string
  readonly open: OpenSocket
  /** Default: the machine's. */
  readonly clock?: Clock
}

/**
 * An app's side of the protocol: sends what the recorder has and what happens, and takes commands from the
 * inspector to it. It keeps nothing itself: after a reconnect the inspector says what it has, and the recorder has
 * the rest. Returns what ends it.
 */
export function connectApp(recorder: Recorder, options: AppConnectionOptions): () => void {
  const connection = new AppConnection(recorder, options)
  return () => connection.end()
}

class AppConnection {
  readonly #recorder: Recorder
  readonly #url: string
  readonly #open: OpenSocket
  readonly #clock: Clock
  readonly #app: string
  readonly #unfollow: () => void
  #records: readonly TokenRecord[] = []
  #allowCommands = false
  /** Whether the inspector has yet to hear that the recorder was cleared. */
  #cleared = false
  #socket: SocketLike | null = null
  /** The last sequence number that was sent; null before the inspector has said `attach`. */
  #sent: number | null = null
  #failures = 0
  #stopTimer = () => {}
  #ended = false

  constructor(recorder: Recorder, { url, open, clock = systemClock }: AppConnectionOptions) {
    this.#recorder = recorder
    this.#url = url
    this.#open = open
    this.#clock = clock
    this.#app = newAppId(clock)
    this.#unfollow = followRecorder(recorder, {
      commandsAllowed: (allowed) => {
        this.#allowCommands = allowed
      },
      cleared: () => {
        this.#cleared = true
      },
      changed: (records) => {
        this.#records = records
        this.#flush()
      },
    })
    this.#connect()
  }

  end(): void {
    this.#ended = true
    this.#unfollow()
    this.#stopTimer()
    this.#sent = null
    this.#socket?.close()
    this.#socket = null
  }

  #connect(): void {
    try {
      const socket = this.#open(this.#url, {
        opened: () => {
          if (this.#socket !== socket) return
          this.#say({ kind: 'hello', app: this.#app, allowCommands: this.#allowCommands })
        },
        heard: (data) => {
          if (this.#socket === socket) this.#onMessage(data)
        },
        closed: () => {
          if (this.#socket === socket) this.#onClosed()
        },
      })
      this.#socket = socket
    } catch {
      // A browser throws at an address that its page may not call; a policy may change, so it is no reason to give up.
      this.#onClosed()
    }
  }

  #onClosed(): void {
    this.#socket = null
    this.#sent = null
    this.#failures += 1
    this.#stopTimer()
    this.#stopTimer = backgroundTimer(this.#clock, backoffMs(this.#failures), () => this.#connect())
  }

  #onMessage(data: unknown): void {
    const message = readToApp(parseFrame(data))
    if (message?.kind === 'command') this.#onCommand(message)
    if (message?.kind === 'attach' && this.#sent === null) {
      this.#failures = 0
      this.#sent = message.since
      this.#flush()
    }
  }

  #onCommand({ id, lifecycle, name }: Command): void {
    let ok = true
    try {
      this.#recorder.command(lifecycle, name)
    } catch {
      ok = false
    }
    this.#say({ kind: 'result', id, ok })
  }

  #flush(): void {
    if (this.#sent === null || this.#ended) return
    if (this.#cleared) {
      this.#cleared = false
      this.#sent = 0
      this.#say({ kind: 'cleared' })
    }
    for (const records of batchesOf(recordsAfter(this.#records, this.#sent))) {
      if (this.#socket && this.#socket.bufferedAmount > HIGH_WATER) {
        this.#stopTimer()
        this.#stopTimer = backgroundTimer(this.#clock, LOOK_AGAIN_MS, () => this.#flush())
        return
      }
      this.#say({ kind: 'records', records })
      this.#sent = records.at(-1)?.sequence ?? this.#sent
    }
  }

  #say(message: Unaddressed<FromApp>): void {
    this.#socket?.send(JSON.stringify({ ...ENVELOPE, ...message }))
  }
}

type Unaddressed<Message> = Message extends unknown ? Omit<Message, 'channel' | 'version'> : never
