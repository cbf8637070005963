import type { Clock } from 'livekit-token-store'
import { readMessage } from '../model/messages'

/** The two protocols' words of a receiver that is ready. Nothing else is ever sent to another window. */
const GREETINGS = [{ type: 'xstate.inspecting' }, { type: '@statelyai.connected' }] as const

/** When to greet again while nothing is heard, ms: an app with an iframe hears the first word too early. */
const AGAIN_MS = [300, 1_000, 3_000, 10_000]

export interface WindowPeerOptions {
  readonly window: Window
  readonly clock: Clock
  /** Exact origins of the pages that may send. */
  readonly allowedOrigins: readonly string[]
  readonly onMessage: (origin: string, message: object) => void
}

/** The window that opened this one, or that has it in a frame; null for a page on its own. */
export function peerOf(window: Window): Window | null {
  const peer = window.parent === window ? (window.opener as Window | null) : window.parent
  return peer === window ? null : peer
}

/** The origin of a peer that is not heard, for it is not on the list; null when there is none such, or nobody can tell. */
export function unlistedPeer(window: Window, allowed: readonly string[]): string | null {
  const peer = peerOf(window)
  const known = peer && originOf(window, peer)
  return known && !allowed.includes(known) ? known : null
}

/**
 * Receives what `@xstate/inspect` and `@statelyai/inspect` post to a window: from the peer alone, and from a listed
 * origin alone. Their own receivers greet whoever is there and take what anybody sends. Returns what ends it.
 */
export function listenToPeer({ window, clock, allowedOrigins, onMessage }: WindowPeerOptions): () => void {
  const peer = peerOf(window)
  if (!peer) return () => undefined
  let heard = false
  let timer: unknown

  const receive = (event: MessageEvent<unknown>) => {
    if (event.source !== peer || !allowedOrigins.includes(event.origin)) return
    if (typeof event.data !== 'object' || event.data === null || !readMessage(event.data)) return
    heard = true
    onMessage(event.origin, event.data)
  }
  const greet = (round: number) => {
    // The browser delivers a message only where the peer has the origin that it is meant for.
    for (const origin of originsOf(window, peer, allowedOrigins)) {
      for (const greeting of GREETINGS) peer.postMessage(greeting, origin)
    }
    const wait = AGAIN_MS[round]
    if (wait === undefined) return
    timer = clock.setTimeout(() => {
      if (!heard) greet(round + 1)
    }, wait)
  }

  window.addEventListener('message', receive)
  // A frame's parent knows our window only once we have loaded.
  if (window.document.readyState === 'complete') greet(0)
  else window.addEventListener('load', () => greet(0), { once: true })
  return () => {
    clock.clearTimeout(timer)
    window.removeEventListener('message', receive)
  }
}

/**
 * Of the listed origins the one that the peer has, as far as that can be told: for each other one the browser would
 * write an error to the peer's console.
 */
function originsOf(window: Window, peer: Window, allowed: readonly string[]): readonly string[] {
  const known = originOf(window, peer)
  if (known !== undefined && allowed.includes(known)) return [known]
  return allowed.filter((origin) => origin !== window.location.origin)
}

/** As far as it can be told. */
const originOf = (window: Window, peer: Window): string | undefined =>
  ownOrigin(window, peer) ?? window.location.ancestorOrigins?.[0] ?? referrerOf(window.document)

function ownOrigin(window: Window, peer: Window): string | undefined {
  try {
    // Throws for a window of another origin.
    return peer.location.origin === window.location.origin ? window.location.origin : undefined
  } catch {
    return undefined
  }
}

function referrerOf(document: Document): string | undefined {
  return document.referrer ? new URL(document.referrer).origin : undefined
}
