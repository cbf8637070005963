import type { Clock } from 'livekit-token-store'
import type { SourceMessage } from '../../protocol/viewer'
import type { CommandName } from '../../recorder/commands'
import { readRecord } from '../../recorder/record-schema'
import { createRemoteRecorder, type RemoteRecorder } from '../remote-recorder'
import { createFeed, type Feed } from './feed'
import { LIMITS } from './limits'
import { nameOf } from './plain'
import type { Received, ReceivedFrame } from './viewer-message'

interface Described {
  readonly id: string
  readonly name: string
  /** Where it comes from, for people. */
  readonly from: string
  readonly connected: boolean
  /** Why the inspector cut it off; null when it did not, or when it is connected. */
  readonly lost: SourceMessage['lost']
}

/** Token stores, of an app or of a session file. */
export interface TokenSource extends Described {
  readonly kind: 'tokens'
  readonly recorder: RemoteRecorder
  /** ms since the epoch, when it was seen to leave; null while it is connected, and when nobody saw it. */
  readonly leftAt: number | null
}

/** An app's state machines and actors. */
export interface MachineSource extends Described {
  readonly kind: 'machines'
  readonly feed: Feed
}

export type Source = TokenSource | MachineSource

export interface Sources {
  readonly all: readonly Source[]
  /** By source of the viewer's socket, the number of the last frame it was told: what it need not be told again. */
  readonly since: Readonly<Record<string, number>>
  takeViewer(message: Received): void
  /** A message of another window; the protocol's name tells apart what one window sends in two of them. */
  takeWindow(origin: string, message: object): void
  /**
   * Opens a session file; returns the source that shows it.
   *
   * @throws TypeError when it is none.
   */
  open(fileName: string, text: string): TokenSource
  /** The server is another one now: what this one was told comes no longer. */
  loseServer(): void
  /** Of a source of the server's: until it is connected again. */
  remove(id: string): void
}

export interface SourcesOptions {
  readonly clock: Clock
  readonly onChange: () => void
  readonly send: (source: string, lifecycle: string, name: CommandName) => void
}

/** Everything the page knows, whoever told it. */
export function createSources({ clock, onChange, send }: SourcesOptions): Sources {
  const sources = new Map<string, Source>()
  const since = new Map<string, number>()
  /** Sources that were closed here: the server still tells that they have left. */
  const closed = new Set<string>()
  let files = 0

  const put = (source: Source) => {
    sources.set(source.id, source)
    while (sources.size > LIMITS.sources) {
      const victim = [...sources.values()].find(({ connected, id }) => !connected && id !== source.id)
      sources.delete(victim?.id ?? [...sources.keys()].find((id) => id !== source.id) ?? '')
    }
  }

  function remove(id: string): void {
    if (!sources.delete(id)) return
    if (id.startsWith('app:')) closed.add(id)
    onChange()
  }

  function loseServer(): void {
    for (const source of sources.values()) {
      if (!source.connected || !source.id.startsWith('app:')) continue
      if (source.kind === 'machines') {
        source.feed.lose(clock.now())
        sources.set(source.id, { ...source, connected: false })
      } else {
        source.recorder.allow(false)
        sources.set(source.id, { ...source, connected: false, leftAt: clock.now() })
      }
    }
  }

  function takeSource(told: SourceMessage): void {
    const id = `app:${told.source}`
    const known = sources.get(id)
    if (closed.has(id) && !told.connected) return
    closed.delete(id)
    const described = {
      id,
      name: told.name || (told.protocol === 'livekit-token' ? 'Token stores' : 'State machines'),
      from: told.origin ?? 'a program',
      connected: told.connected,
      lost: told.connected ? null : told.lost,
    }
    const had = since.get(told.source) ?? 0
    if (told.protocol === 'livekit-token') {
      const recorder =
        known?.kind === 'tokens'
          ? known.recorder
          : createRemoteRecorder((lifecycle, name) => send(told.source, lifecycle, name))
      recorder.allow(told.allowCommands && told.connected)
      if (had > 0 && told.cleared >= had) recorder.forget()
      const leaves = known?.connected && !told.connected
      const before = known?.kind === 'tokens' ? known.leftAt : null
      const leftAt = told.connected ? null : leaves ? clock.now() : before
      put({ ...described, kind: 'tokens', recorder, leftAt })
    } else {
      const feed = known?.kind === 'machines' ? known.feed : createFeed()
      if (had > 0 && told.cleared >= had) feed.clear()
      if (known?.connected && !told.connected) feed.lose(clock.now())
      put({ ...described, kind: 'machines', feed })
    }
  }

  function takeFrame({ source, seq, at, frame }: ReceivedFrame): void {
    const known = sources.get(`app:${source}`)
    // A frame that came before, over the connection that was lost.
    if (!known || seq <= (since.get(source) ?? 0)) return
    since.set(source, seq)
    if (known.kind === 'machines') {
      known.feed.take(frame, at ?? clock.now())
      // The server still tells what somebody said who has left since.
      if (!known.connected) known.feed.lose(at ?? clock.now())
    } else {
      const record = readRecord(frame)
      if (record) known.recorder.take(record)
    }
  }

  return {
    get all() {
      return [...sources.values()]
    },
    get since() {
      return Object.fromEntries(since)
    },
    takeViewer(message) {
      if (message.kind === 'source') takeSource(message)
      else if (message.kind === 'frame') takeFrame(message)
      else if (message.kind === 'gone') {
        sources.delete(`app:${message.source}`)
        closed.delete(`app:${message.source}`)
        since.delete(message.source)
      } else return
      onChange()
    },
    takeWindow(origin, message) {
      const type = (message as { type?: unknown }).type
      const version = typeof type === 'string' && /^(?:@xstate|@statelyai)\./.test(type) ? 5 : 4
      const id = `window:${version}:${origin}`
      const known = sources.get(id)
      const feed = known?.kind === 'machines' ? known.feed : createFeed()
      const now = clock.now()
      if (!feed.take(message, now)) return
      const connected = type !== 'xstate.disconnect' && type !== '@statelyai.disconnected'
      put({ id, kind: 'machines', name: `XState ${version}`, from: origin, connected, lost: null, feed })
      onChange()
    },
    open(fileName, text) {
      const opened = createRemoteRecorder(() => undefined)
      opened.import(text)
      files += 1
      const id = `file:${files}`
      // Without its session there is nothing to show of a file.
      const recorder: RemoteRecorder = { ...opened, clear: () => remove(id) }
      const source: TokenSource = {
        id,
        kind: 'tokens',
        name: nameOf(fileName, 'session'),
        from: 'a session file',
        connected: false,
        lost: null,
        recorder,
        leftAt: null,
      }
      put(source)
      onChange()
      return source
    },
    loseServer,
    remove,
  }
}
