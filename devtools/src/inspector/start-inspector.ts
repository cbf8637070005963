import { systemClock } from '../clock'
import { listenOnLoopback } from '../loopback/listen'
import { openBrowser } from '../loopback/open-browser'
import { checkRecorder } from '../recorder/check-recorder'
import type { Recorder } from '../recorder/types'
import { checkedOrigins } from './allowed-origins'
import { dial } from './dial'
import { checkedTargets } from './dial-targets'
import type { Door } from './door'
import { listenToFrames } from './listen-to-frames'
import { pageFolder } from './page-folder'
import type { Peer } from './peer'
import { peerOf } from './peer-of'
import { showRecorder } from './recorder-source'
import { checkedSecret } from './secret'
import { pageListener } from './serve-page'
import { socketDoor } from './socket-door'
import { Sources } from './sources'
import { TokenApps } from './token-peer'
import { Viewer } from './viewer'

export interface StartInspectorOptions {
  /** A recorder of this process, shown beside those that connect. */
  recorder?: Recorder | undefined
  /** Default: 0, any free port. */
  port?: number | undefined
  /** Whether to open the page in the system's browser. Default: false. */
  open?: boolean | undefined
  /**
   * Origins of pages that may connect, embed the page, or send to it from the window that opened it; exact ones,
   * such as `http://localhost:5173`. Default: none but its own. Programs, which have no origin, may connect.
   */
  allowedOrigins?: string[] | undefined
  /**
   * WebSocket URLs of processes on this machine that `inspect` of `@xstate/inspect/lib/server` listens in: it has to be
   * dialled. Default: none.
   */
  dial?: string[] | undefined
  /**
   * The part of the URL that lets in, 22 characters or more of A–Z, a–z, 0–9, - and _: for an app on another device,
   * whose URL is to stay over restarts, with `port`. Default: a new one, of 192 random bits.
   */
  secret?: string | undefined
}

export interface Inspector {
  /** `http://127.0.0.1:<port>/<secret>/`; apps connect to it, and people open it. Unless it was given, the secret is new at each start. */
  readonly url: string
  /** Resolves when the port is free again and every connection is cut. May be called more than once. */
  close(): Promise<void>
}

/**
 * The offline inspector: a page on 127.0.0.1, and a WebSocket at the same address for what speaks our own protocol
 * (`connectInspector`), `@xstate/inspect`'s or `@statelyai/inspect`'s. What it is told stays in this process, bounded.
 *
 * @throws {TypeError} that quotes the option's name.
 * @throws {Error} with `code: 'EADDRINUSE'` when the port is taken.
 */
export async function startInspector(options: StartInspectorOptions = {}): Promise<Inspector> {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('"options" must be an object, or left out')
  const { recorder, port, open = false } = options
  if (recorder !== undefined) checkRecorder(recorder)
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new TypeError('"port" must be a whole number from 0 to 65535')
  if (typeof open !== 'boolean') throw new TypeError('"open" must be true or false')
  const allowedOrigins = checkedOrigins(options.allowedOrigins)
  const targets = checkedTargets(options.dial)
  const secret = checkedSecret(options.secret)
  const sources = new Sources(systemClock)
  const apps = new TokenApps(sources)

  let door: Door = { secret, port: 0, allowedOrigins }
  const sockets = socketDoor(() => door, {
    onViewer(socket) {
      const viewer = new Viewer(socket, sources, allowedOrigins)
      listenToFrames(socket, { hear: (frame) => viewer.hear(frame), leave: () => viewer.leave() })
    },
    onApp(socket, origin) {
      let peer: Peer | null = null
      listenToFrames(socket, {
        hear(frame) {
          peer ??= peerOf(frame, apps, socket, origin)
          peer?.hear(frame)
        },
        leave: (lost) => peer?.leave(lost),
      })
    },
  })
  const server = await listenOnLoopback(
    pageListener(() => door, pageFolder()),
    port,
    sockets.onUpgrade,
  )
  door = { ...door, port: Number(new URL(server.origin).port || 80) }
  const url = `${server.origin}/${door.secret}/`
  const ends: (() => void)[] = []
  const close = () => {
    sockets.close()
    const closed = server.close()
    for (const end of ends.splice(0)) end()
    return closed
  }
  try {
    for (const target of targets) ends.push(dial(target, sources, systemClock))
    if (recorder) ends.push(showRecorder(recorder, sources))
    if (open) openBrowser(url)
  } catch (error) {
    // Nobody else could.
    await close()
    throw error
  }
  return { url, close }
}
