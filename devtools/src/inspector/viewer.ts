import { ENVELOPE } from '../protocol/messages'
import { readCommandId, readFromViewer } from '../protocol/read-messages'
import type { ToViewer, ViewerCommand } from '../protocol/viewer'
import type { Source } from './source'
import type { Sources } from './sources'

/** With more bytes than this on their way, the rest waits in the sources' logs, which are bounded. */
const HIGH_WATER = 256_000

/** Of a viewer's connection, what it needs. */
export interface ViewerSocket {
  /** Bytes that wait to be sent. */
  readonly bufferedAmount: number
  /** `sent` is called later, when the text has left or never will. */
  send(text: string, sent: () => void): void
  terminate(): void
}

interface Told {
  /** The number of the last frame. */
  seq: number
  /** Of the source's own description; 0 before it was told. */
  revision: number
}

/**
 * One who looks. Nothing is queued for it but what it can take: it has a place in each source's log, and moves on
 * as fast as it reads.
 */
export class Viewer {
  readonly #socket: ViewerSocket
  readonly #sources: Sources
  readonly #allowedOrigins: readonly string[]
  readonly #unlisten: () => void
  /** By source; null before it has said `watch`. */
  #told: Map<string, Told> | null = null
  #full = false

  constructor(socket: ViewerSocket, sources: Sources, allowedOrigins: readonly string[]) {
    this.#socket = socket
    this.#sources = sources
    this.#allowedOrigins = allowedOrigins
    this.#unlisten = sources.onChange(() => this.#tell())
  }

  hear(frame: unknown): void {
    // Asking on and on without reading the answers.
    if (this.#socket.bufferedAmount > HIGH_WATER * 4) {
      this.#socket.terminate()
      return
    }
    const message = readFromViewer(frame)
    if (message?.kind === 'watch' && !this.#told) {
      const places = Object.entries(message.since)
      this.#told = new Map(places.map(([id, seq]) => [id, { seq, revision: 0 }]))
      this.#say({ ...ENVELOPE, kind: 'welcome', allowedOrigins: this.#allowedOrigins })
      this.#tell()
    }
    if (message?.kind === 'command') void this.#onCommand(message)
    // One of a newer page, say, which waits for its result.
    const refused = message ? null : readCommandId(frame)
    if (refused !== null) this.#say({ ...ENVELOPE, kind: 'result', id: refused, ok: false })
  }

  leave(): void {
    this.#unlisten()
    this.#told = null
  }

  async #onCommand({ id, source, lifecycle, name }: ViewerCommand): Promise<void> {
    const ok = await this.#sources
      .get(source)
      ?.command(lifecycle, name)
      .catch(() => false)
    this.#say({ ...ENVELOPE, kind: 'result', id, ok: ok === true })
  }

  /** All that it has not been told, as long as there is room. */
  #tell(): void {
    const told = this.#told
    if (!told) return
    for (const id of told.keys()) {
      if (this.#sources.get(id)) continue
      told.delete(id)
      this.#say({ ...ENVELOPE, kind: 'gone', source: id })
    }
    this.#full = this.#isFull()
    for (const source of this.#sources.all()) {
      while (!this.#full) {
        const text = next(source, placeIn(told, source))
        if (text === null) break
        this.#send(text)
        this.#full = this.#isFull()
      }
    }
  }

  #isFull(): boolean {
    return this.#socket.bufferedAmount > HIGH_WATER
  }

  #say(message: ToViewer): void {
    this.#send(JSON.stringify(message))
  }

  #send(text: string): void {
    this.#socket.send(text, () => {
      if (this.#full) this.#tell()
    })
  }
}

function placeIn(told: Map<string, Told>, { id }: Source): Told {
  const place = told.get(id) ?? { seq: 0, revision: 0 }
  told.set(id, place)
  return place
}

/** The next thing that a source has to tell, and moves on; null when there is none. */
function next(source: Source, place: Told): string | null {
  if (place.revision !== source.revision) {
    place.revision = source.revision
    // Nobody can have more than there is.
    place.seq = Math.min(place.seq, source.frames.last)
    return JSON.stringify(source.message)
  }
  const frame = source.frames.after(place.seq)
  if (!frame) return null
  place.seq = frame.seq
  const { seq, at, text } = frame
  const head = JSON.stringify({ ...ENVELOPE, kind: 'frame', source: source.id, seq, at })
  // The frame's own text is JSON already.
  return `${head.slice(0, -1)},"frame":${text}}`
}
