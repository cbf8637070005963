interface PictureInPicture {
  requestWindow(size: { width: number; height: number }): Promise<Window>
}

/**
 * The root of an empty window of the same origin and of that size: one that stays on top where the browser has such,
 * else a popup.
 *
 * @throws {Error} when the browser blocks it.
 */
export async function openWindow({ clientWidth, clientHeight }: Element): Promise<ShadowRoot> {
  const size = { width: Math.max(480, clientWidth), height: Math.max(320, clientHeight) }
  const { documentPictureInPicture: pictures } = window as { documentPictureInPicture?: PictureInPicture }
  const opened =
    (await pictures?.requestWindow(size).catch(() => null)) ??
    window.open('', '', `popup,width=${size.width},height=${size.height}`)
  if (!opened) throw new Error('The browser blocked the window: allow popups for this page.')
  opened.document.title = 'Token devtools'
  opened.document.documentElement.lang = 'en'
  const host = opened.document.createElement('div')
  opened.document.body.append(host)
  return host.attachShadow({ mode: 'open' })
}
