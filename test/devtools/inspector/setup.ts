import { onTestFinished, vi } from 'vitest'
import WebSocket from 'ws'
import {
  type Inspector,
  type StartInspectorOptions,
  startInspector,
} from '../../../devtools/src/inspector/start-inspector'
import { ENVELOPE } from '../../../devtools/src/protocol/messages'
import type { FrameMessage, SourceMessage } from '../../../devtools/src/protocol/viewer'

/** An inspector that is closed after the test. */
export async function inspector(options?: StartInspectorOptions): Promise<Inspector> {
  const started = await startInspector(options)
  onTestFinished(() => started.close())
  return started
}

export interface Dialling {
  origin?: string
  host?: string
  /** Added to the inspector's address. Default: nothing. */
  query?: string
}

/** The other end of a WebSocket to the inspector, with all that it was told. */
export class Client {
  readonly socket: WebSocket
  readonly texts: string[] = []
  readonly frames: Record<string, unknown>[] = []
  /** The close code; 'refused <status>' when it was not let in. */
  ending: number | string | null = null

  constructor(url: string, { origin, host, query = '' }: Dialling = {}) {
    this.socket = new WebSocket(url.replace(/^http/, 'ws') + query, {
      ...(origin === undefined ? {} : { origin }),
      ...(host === undefined ? {} : { headers: { host } }),
    })
    this.socket.on('message', (data) => {
      this.texts.push(String(data))
      this.frames.push(JSON.parse(String(data)))
    })
    this.socket.on('unexpected-response', async (_request, response) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of response) chunks.push(chunk)
      this.ending = `refused ${response.statusCode}${Buffer.concat(chunks)}`
    })
    this.socket.on('error', () => {})
    this.socket.on('close', (code) => {
      this.ending ??= code
    })
    onTestFinished(() => this.socket.terminate())
  }

  async opened(): Promise<this> {
    await vi.waitFor(
      () => {
        if (this.socket.readyState !== WebSocket.OPEN) throw new Error(`not open: ${this.ending}`)
      },
      { timeout: 60_000, interval: 10 },
    )
    return this
  }

  send(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  /** Says one of our own messages. */
  say(message: object): void {
    this.send({ ...ENVELOPE, ...message })
  }

  /** How it ended. */
  ended(): Promise<number | string> {
    return vi.waitUntil(() => this.ending, { timeout: 60_000, interval: 10 })
  }

  async close(): Promise<void> {
    this.socket.close()
    await this.ended()
  }
}

/** A client that watches, from the start unless told. */
export class Watcher extends Client {
  static async at(url: string, since: Record<string, number> = {}): Promise<Watcher> {
    const watcher = new Watcher(url, { query: '?role=viewer' })
    await watcher.opened()
    watcher.say({ kind: 'watch', since })
    await watcher.until(() => watcher.frames.length > 0)
    return watcher
  }

  /** What each source said of itself last, but those that are gone. */
  get sources(): readonly SourceMessage[] {
    const known = new Map<string, SourceMessage>()
    for (const frame of this.frames as unknown as readonly SourceMessage[]) {
      if (frame.kind === 'source') known.set(frame.source, frame)
      if ((frame.kind as string) === 'gone') known.delete(frame.source)
    }
    return [...known.values()]
  }

  /** The frames of one source, or of all. */
  told(source?: string): readonly FrameMessage[] {
    const frames = this.frames as unknown as readonly FrameMessage[]
    return frames.filter((frame) => frame.kind === 'frame' && (source ?? frame.source) === frame.source)
  }

  /** Where it is in each source, for `watch`. */
  get since(): Record<string, number> {
    return Object.fromEntries(this.told().map(({ source, seq }) => [source, seq]))
  }

  until(condition: () => unknown): Promise<unknown> {
    return vi.waitUntil(condition, { timeout: 60_000, interval: 10 })
  }
}

/** The one value in a list. */
export function only<Item>(items: readonly Item[]): Item {
  const [first] = items
  if (items.length !== 1 || first === undefined) throw new Error(`${items.length} instead of one`)
  return first
}
