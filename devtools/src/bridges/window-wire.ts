import type { CheckedAddress } from './inspector-address'
import type { Wire, WireListener } from './wire'

/** A window's name, so that an inspector that is open already is used again; both protocols call it so. */
const WINDOW_NAME = 'xstateinspector'

/**
 * Posts to one window while it shows the one origin, and hears of nobody else.
 *
 * @throws TypeError where there are no windows. Error when the browser did not open one.
 */
export function openWindow({ url, origin, targetWindow }: CheckedAddress, { onMessage }: WireListener): Wire {
  const own = globalThis.window
  // React Native calls its global object so, which has nothing of a window.
  if (typeof own?.addEventListener !== 'function')
    throw new TypeError('"url" must be a ws: or wss: URL where there is no window')
  const target = targetWindow ?? own.open(url, WINDOW_NAME)
  if (!target)
    throw new Error(
      'The browser opened no window: connect from a click, allow pop-ups, or give "targetWindow".',
    )
  const listen = (event: MessageEvent) => {
    if (event.source === target && event.origin === origin) onMessage(event.data)
  }
  own.addEventListener('message', listen)
  return {
    open: true,
    send: (message) => target.postMessage(message, origin),
    close: () => own.removeEventListener('message', listen),
  }
}
