import { systemClock } from '../clock'
import { listenOnLoopback } from '../loopback/listen'
import { openBrowser } from '../loopback/open-browser'
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
import { newSecret } from './secret'
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
}

export interface Inspector {
  /** `http://127.0.0.1:<port>/<secret>/`; apps connect to it, and people open it. The secret is new at each start. */
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
  const { recorder, port, open = false } = options
  if (recorder !== undefined && typeof recorder?.records$?.subscribe !== 'function')
    throw new TypeError('"recorder" must be what createRecorder returned')
  if (typeof open !== 'boolean') throw new TypeError('"open" must be true or false')
  const allowedOrigins = checkedOrigins(options.allowedOrigins)
  const targets = checkedTargets(options.dial)
  const sources = new Sources(systemClock)
  const apps = new TokenApps(sources)

  let door: Door = { secret: newSecret(), port: 0, allowedOrigins }
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
        leave: () => peer?.leave(),
      })
    },
  })
  const server = await listenOnLoopback(
    pageListener(() => door, pageFolder()),
    port,
    sockets.onUpgrade,
  )
  door = { ...door, port: Number(new URL(server.origin).port || 80) }
  const ends = targets.map((target) => dial(target, sources, systemClock))
  if (recorder) ends.push(showRecorder(recorder, sources))
  const url = `${server.origin}/${door.secret}/`
  if (open) openBrowser(url)
  let closed: Promise<void> | undefined
  return {
    url,
    close() {
      for (const end of ends.splice(0)) end()
      sockets.close()
      closed ??= server.close()
      return closed
    },
  }
}
