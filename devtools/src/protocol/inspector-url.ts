/** Not by `URL`, which React Native has in part only. */
const ADDRESS = /^(?:http|ws)(s?):\/\/([^/?#\\@\s]+)(\/[^?#\\\s]*)?(?:[?#]\S*)?$/i

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

/**
 * The WebSocket at an inspector's URL, as `startInspector` tells it or with `ws:` in front.
 *
 * @throws TypeError for anything but an http:, https:, ws: or wss: URL; it repeats nothing of it, which is a secret.
 */
export function inspectorSocketUrl(url: unknown): string {
  const [whole, tls = '', host = '', path = '/'] = ADDRESS.exec(String(url)) ?? []
  if (whole === undefined || !HOST.test(host) || Number(/:(\d+)$/.exec(host)?.[1] ?? 0) > 65_535)
    throw new TypeError('"url" must be the http:, https:, ws: or wss: URL of an inspector')
  // Neither belongs to a WebSocket's URL: browsers throw at a fragment, and the query is the page's own.
  return `ws${tls.toLowerCase()}://${host}${path}`
}
