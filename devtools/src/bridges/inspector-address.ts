import { checkOption } from './check-option'

/** Where an inspector is, and whom it may be: never guessed. */
export interface InspectorAddress {
  /** Its page (`http:`, `https:`), which is opened unless `targetWindow` is given, or its WebSocket (`ws:`, `wss:`). */
  url: string | URL
  /**
   * The page's origin, such as 'http://127.0.0.1:4000': messages go to it and are heard from it alone. A WebSocket
   * goes to its url and nowhere else.
   */
  origin: string
  /** The window or frame that shows the inspector. Default: `url` is opened. Not for a WebSocket. */
  targetWindow?: Window | undefined
}

export interface CheckedAddress {
  readonly url: string
  readonly origin: string
  readonly targetWindow: Window | undefined
  readonly socket: boolean
}

/** @throws TypeError that quotes the option which is wrong. */
export function checkedAddress(address: InspectorAddress): CheckedAddress {
  const { url: given, origin, targetWindow } = address ?? {}
  const url = given instanceof URL ? given.href : given
  const protocol = protocolOf(url)
  const socket = protocol === 'ws:' || protocol === 'wss:'
  checkOption('url', socket || isWeb(protocol), 'the http:, https:, ws: or wss: URL of an inspector')
  checkOption('origin', isOrigin(origin), "an origin such as 'http://127.0.0.1:4000', and never '*'")
  if (socket) checkOption('targetWindow', targetWindow === undefined, 'left out where "url" is a WebSocket')
  else {
    const present = typeof targetWindow?.postMessage === 'function'
    checkOption('targetWindow', targetWindow === undefined || present, 'a window or a frame’s contentWindow')
  }
  return { url, origin: new URL(origin).origin, targetWindow, socket }
}

/** Empty for what is no URL, and for one with a fragment where a socket takes none. */
function protocolOf(url: unknown): string {
  const parsed = parse(url)
  if (!parsed) return ''
  const { protocol, hash } = parsed
  return hash && !isWeb(protocol) ? '' : protocol
}

/** Not by `URL.canParse`, which not every engine has. */
function parse(url: unknown): URL | null {
  try {
    return typeof url === 'string' ? new URL(url) : null
  } catch {
    return null
  }
}

const isWeb = (protocol: string) => protocol === 'http:' || protocol === 'https:'

/** An opaque origin, as of a file, is no address: `postMessage` would need '*'. */
function isOrigin(origin: unknown): boolean {
  const parsed = parse(origin)
  if (!parsed) return false
  const { protocol, origin: bare, href } = parsed
  return (isWeb(protocol) || protocol.startsWith('ws')) && (href === bare || href === `${bare}/`)
}
