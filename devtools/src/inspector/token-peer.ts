import { ENVELOPE, type Hello, type ToApp } from '../protocol/messages'
import { readFromApp } from '../protocol/read-messages'
import type { SourceMessage } from '../protocol/viewer'
import type { CommandName } from '../recorder/commands'
import type { Peer, PeerSocket } from './peer'
import type { Sources } from './sources'
import { TokenSource } from './token-source'

/** A command that an app has not answered yet; more than that at once, and it is not listening. */
const MAX_PENDING = 100

/** Apps by the name that they keep over their reconnects. */
export class TokenApps {
  readonly sources: Sources
  readonly #apps = new Map<string, { tokens: TokenSource; peer: TokenPeer }>()

  constructor(sources: Sources) {
    this.sources = sources
  }

  /** An app that came back goes on where it was; a connection that it has lost without a word is ended. */
  enter({ app }: Hello, peer: TokenPeer, origin: string | null): TokenSource {
    const known = this.#apps.get(app)
    if (known && this.sources.get(known.tokens.source.id)) {
      known.peer.retire()
      known.peer = peer
      return known.tokens
    }
    const tokens = new TokenSource(this.sources, origin)
    this.#apps.set(app, { tokens, peer })
    // Apps whose source was forgotten are strangers when they come back.
    for (const [id, { tokens }] of this.#apps) {
      if (!this.sources.get(tokens.source.id)) this.#apps.delete(id)
    }
    return tokens
  }
}

/** An app that speaks our own protocol. */
export class TokenPeer implements Peer {
  readonly #apps: TokenApps
  readonly #socket: PeerSocket
  readonly #origin: string | null
  readonly #pending = new Map<number, (ok: boolean) => void>()
  #tokens: TokenSource | null = null
  #commands = 0

  constructor(apps: TokenApps, socket: PeerSocket, origin: string | null) {
    this.#apps = apps
    this.#socket = socket
    this.#origin = origin
  }

  hear(frame: unknown): void {
    const message = readFromApp(frame)
    if (message?.kind === 'hello' && !this.#tokens) this.#onHello(message)
    if (message?.kind === 'records') this.#tokens?.add(message.records)
    if (message?.kind === 'cleared') this.#tokens?.clear()
    if (message?.kind === 'result') this.#settle(message.id, message.ok)
  }

  leave(lost: SourceMessage['lost']): void {
    this.#tokens?.source.leave(lost)
    this.retire()
  }

  /** The app goes on by another connection, or is gone. */
  retire(): void {
    this.#tokens = null
    for (const id of [...this.#pending.keys()]) this.#settle(id, false)
    this.#socket.terminate()
  }

  #onHello(hello: Hello): void {
    this.#tokens = this.#apps.enter(hello, this, this.#origin)
    this.#tokens.source.enter(hello.allowCommands ? (lifecycle, name) => this.#send(lifecycle, name) : null)
    this.#say({ ...ENVELOPE, kind: 'attach', since: this.#tokens.last })
  }

  #send(lifecycle: string, name: CommandName): Promise<boolean> {
    if (this.#pending.size >= MAX_PENDING) return Promise.resolve(false)
    this.#commands += 1
    const id = this.#commands
    return new Promise((resolve) => {
      this.#pending.set(id, resolve)
      this.#say({ ...ENVELOPE, kind: 'command', id, lifecycle, name })
    })
  }

  #settle(id: number, ok: boolean): void {
    this.#pending.get(id)?.(ok)
    this.#pending.delete(id)
  }

  #say(message: ToApp): void {
    this.#socket.send(JSON.stringify(message))
  }
}
