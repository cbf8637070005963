import type { Clock } from 'livekit-token-store'
import { openViewerSocket, type SocketState } from './connection/viewer-socket'
import { listenToPeer, peerOf, unlistedPeer } from './connection/window-peer'
import { createSources, type Sources } from './model/sources'

/** What the page is made of besides what it looks like. */
export interface Page {
  readonly sources: Sources
  readonly socket: SocketState
  /** Whose windows may send, with the page's own. */
  readonly allowedOrigins: readonly string[]
  /** Whether another window opened this one, or has it in a frame. */
  readonly hasPeer: boolean
  /** That window's origin, when it is not on the list. */
  readonly unlisted: string | null
  readonly clock: Clock
  subscribe(listener: () => void): () => void
  close(): void
}

export function createPage(window: Window, clock: Clock): Page {
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  let socket: SocketState = 'connecting'
  let allowedOrigins: readonly string[] = [window.location.origin]
  let welcomed = false
  let stopListening: (() => void) | undefined

  const listen = (origins: readonly string[]) => {
    const all = [...new Set([window.location.origin, ...origins])].filter((origin) => origin !== 'null')
    if (stopListening && all.join() === allowedOrigins.join()) return
    allowedOrigins = all
    stopListening?.()
    stopListening = listenToPeer({
      window,
      clock,
      allowedOrigins,
      onMessage: (origin, message) => sources.takeWindow(origin, message),
    })
  }

  const sources = createSources({
    clock,
    onChange: changed,
    send: (source, lifecycle, name) => {
      if (!viewer.command(source, lifecycle, name)) throw new Error('The app is not connected')
    },
  })
  const viewer = openViewerSocket({
    pageUrl: window.location.href,
    clock,
    since: () => sources.since,
    onState(state) {
      socket = state
      // Without a word of the server, only a window of the page's own origin may send.
      if (state !== 'connecting' && state !== 'open') listen(allowedOrigins)
      // What the server was told is over with it: another one has sources of its own.
      if (state === 'restarted') sources.loseServer()
      changed()
    },
    onMessage(message) {
      if (message.kind === 'welcome') {
        welcomed = true
        listen(message.allowedOrigins)
        changed()
      } else sources.takeViewer(message)
    },
  })

  return {
    sources,
    get socket() {
      return socket
    },
    get allowedOrigins() {
      return allowedOrigins
    },
    hasPeer: peerOf(window) !== null,
    get unlisted() {
      // Before the server has told its list, everybody would seem to be missing from it.
      return welcomed ? unlistedPeer(window, allowedOrigins) : null
    },
    clock,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      viewer.close()
      stopListening?.()
    },
  }
}
