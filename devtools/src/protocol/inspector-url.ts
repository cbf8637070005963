/** Not by `URL` alone, which React Native has in part only: there it takes any text. */
const ADDRESS =
  /^(?:http|ws)(s?):\/\/((?:[^/?#\\@\s:[\]]+|\[[\da-f:.]+\])(?::(\d{1,5}))?)(\/[^?#\\\s]*)?(?:[?#]\S*)?$/i

const LAST_PORT = 65_535

/**
 * The WebSocket at an inspector's URL, as `startInspector` tells it or with `ws:` in front.
 *
 * @throws TypeError for anything but an http:, https:, ws: or wss: URL; it repeats nothing of it, which is a secret.
 */
export function inspectorSocketUrl(url: unknown): string {
  const [whole, tls = '', host, port = 0, path = '/'] = ADDRESS.exec(String(url)) ?? []
  // Neither fragment nor query belongs to a WebSocket's URL: browsers throw at the one, the other is the page's own.
  const socketUrl = `ws${tls.toLowerCase()}://${host}${path}`
  if (whole === undefined || Number(port) > LAST_PORT || !isUrl(socketUrl))
    throw new TypeError('"url" must be the http:, https:, ws: or wss: URL of an inspector')
  return socketUrl
}

/** A host may look like one and be none; what is none would be dialled for ever. */
function isUrl(text: string): boolean {
  try {
    return Boolean(new URL(text))
  } catch {
    return false
  }
}
