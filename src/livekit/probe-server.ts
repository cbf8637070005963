/** Where LiveKit's clients ask why a connection was refused: the present path, and that of older servers. */
const PATHS = ['rtc/v1/validate', 'rtc/validate'] as const

/** A LiveKit server's own 404, when rooms are not created by joining them. */
const ROOM_NOT_FOUND = 'requested room does not exist'

/**
 * Whether a server is surely no LiveKit server: it answers 404 at both paths. Anything that cannot be told (no
 * answer, one that the browser hides from other origins, an abort) is not sure: hidden, a web server's 404 and
 * the 502 of a proxy whose LiveKit is down look the same. livekit-client cannot read such a 404 either, and gives up.
 *
 * It asks without the token first, because a page's console shows the URL of a request that failed; if that does
 * not tell, the token goes to where it was going anyway, but in a header.
 */
export async function isNoLiveKitServer(
  serverUrl: string,
  token: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const answers = await Promise.all(PATHS.map((path) => isMissing(urlOf(serverUrl, path), token, signal)))
    return answers.every(Boolean)
  } catch {
    return false
  }
}

async function isMissing(url: string, token: string, signal: AbortSignal): Promise<boolean> {
  return (
    (await answersMissing(url, {}, signal)) ||
    answersMissing(url, { authorization: `Bearer ${token}` }, signal)
  )
}

async function answersMissing(url: string, headers: HeadersInit, signal: AbortSignal): Promise<boolean> {
  // With the cookies that livekit-client's own question has: behind a sign-in the 404 is shown to nobody else.
  const response = await fetch(url, { headers, signal, cache: 'no-store' })
  if (response.status === 404) return !(await response.text()).includes(ROOM_NOT_FOUND)
  // `body` is a web stream only where `fetch` is the platform's.
  response.body?.cancel?.().catch(() => {})
  return false
}

/** As livekit-client makes it: the path is added to the URL's own. */
function urlOf(serverUrl: string, path: string): string {
  const url = new URL(serverUrl)
  url.protocol = url.protocol.replace(/^ws/, 'http')
  url.pathname = `${url.pathname.replace(/\/?$/, '/')}${path}`
  // A URL with a name and a password is one that `fetch` refuses.
  url.username = ''
  url.password = ''
  return url.href
}
