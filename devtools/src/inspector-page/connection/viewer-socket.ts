import type { Clock } from 'livekit-token-store'
import { CHANNEL, PROTOCOL_VERSION } from '../../protocol/messages'
import { type FromViewer, VIEWER_QUERY } from '../../protocol/viewer'
import type { CommandName } from '../../recorder/commands'
import { type Received, readViewerMessage } from '../model/viewer-message'

/**
 * 'off': there is no server at the page's address, as for a page that was opened from the disk. 'restarted': there is
 * one again, but it does not know the page's address, which has the secret of the one before.
 */
export type SocketState = 'connecting' | 'open' | 'lost' | 'off' | 'restarted'

export interface ViewerSocketOptions {
  /** The page's own address. */
  readonly pageUrl: string
  readonly clock: Clock
  readonly since: () => Readonly<Record<string, number>>
  readonly onMessage: (message: Received) => void
  readonly onState: (state: SocketState) => void
  /** Default: the browser's. */
  readonly WebSocket?: typeof WebSocket
  readonly fetch?: typeof fetch
}

export interface ViewerSocket {
  /** Nothing is kept for later: a command that waited would come as a surprise. Returns whether it was sent. */
  command(source: string, lifecycle: string, name: CommandName): boolean
  close(): void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8_000
/** After so many tries in a row that failed, it is asked why. */
const TRIES = 2

/** Watches the server that the page came from, and comes back to it as often as it takes. */
export function openViewerSocket(options: ViewerSocketOptions): ViewerSocket {
  const { clock, onState, onMessage } = options
  const Socket = options.WebSocket ?? WebSocket
  const ask = options.fetch ?? fetch
  const url = socketUrl(options.pageUrl)
  let socket: WebSocket | undefined
  let wait = FIRST_WAIT_MS
  let timer: unknown
  let commands = 0
  let closed = false
  let opened = false
  let failed = 0
  let unknown = false

  const missing = (): SocketState => (unknown ? 'restarted' : opened ? 'lost' : 'connecting')
  const say = (words: FromViewer) => socket?.send(JSON.stringify(words))
  const envelope = { channel: CHANNEL, version: PROTOCOL_VERSION } as const

  function connect(): void {
    if (url === null) {
      onState('off')
      return
    }
    onState(missing())
    const mine = new Socket(url)
    socket = mine
    mine.onopen = () => {
      opened = true
      unknown = false
      failed = 0
      wait = FIRST_WAIT_MS
      say({ ...envelope, kind: 'watch', since: options.since() })
      onState('open')
    }
    mine.onmessage = ({ data }) => {
      const message = readViewerMessage(data)
      if (message && socket === mine) onMessage(message)
    }
    mine.onclose = () => {
      if (closed || socket !== mine) return
      socket = undefined
      onState(unknown ? 'restarted' : 'lost')
      failed += 1
      if (failed > TRIES && !unknown) void askWhy()
      timer = clock.setTimeout(connect, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
  }

  /** A WebSocket does not say whether it was refused or nobody is there. A server that is there answers this. */
  async function askWhy(): Promise<void> {
    const status = await ask(new URL('./', options.pageUrl).href, { method: 'HEAD', cache: 'no-store' }).then(
      (response) => response.status,
      () => null,
    )
    if (closed || failed <= TRIES || (status !== 403 && status !== 404)) return
    unknown = true
    onState('restarted')
  }

  connect()
  return {
    command(source, lifecycle, name) {
      if (socket?.readyState !== Socket.OPEN) return false
      commands += 1
      say({ ...envelope, kind: 'command', id: commands, source, lifecycle, name })
      return true
    },
    close() {
      closed = true
      clock.clearTimeout(timer)
      socket?.close()
    },
  }
}

/** The page's own address for a WebSocket; null when it did not come over HTTP. */
export function socketUrl(pageUrl: string): string | null {
  const url = new URL('./', pageUrl)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:'
  url.search = VIEWER_QUERY
  return url.href
}
