export interface DemoConfig {
  /** What tokens are asked of, with the lifetime that they are to have. */
  readonly endpoint: string
  /** The server that the rooms are on; null where there is none to join. */
  readonly livekit: string | null
  /** The inspector that is told of everything; null where there is none. */
  readonly inspector: string | null
  readonly ttlSeconds: number
}

/** Short enough to see a token's whole life, long enough to read along. */
const DEFAULT_TTL_SECONDS = 30

/**
 * Where the endpoint and the LiveKit server are, from the server of this page, and how long tokens live, from the
 * page's own `?ttl=`.
 *
 * @throws {Error} when the server does not say.
 */
export async function loadConfig(search: string): Promise<DemoConfig> {
  const response = await fetch('config.json')
  // The parser's own message would quote what it could not read.
  const { endpoint, livekit, inspector } = (await response.json().catch(() => ({}))) as Record<
    string,
    unknown
  >
  if (typeof endpoint !== 'string') throw new Error('config.json names no endpoint')
  const ttlSeconds = readTtl(new URLSearchParams(search).get('ttl'))
  const url = new URL(endpoint)
  url.searchParams.set('ttl', String(ttlSeconds))
  return { endpoint: url.href, livekit: textOrNull(livekit), inspector: textOrNull(inspector), ttlSeconds }
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function readTtl(text: string | null): number {
  const seconds = Number(text)
  return Number.isInteger(seconds) && seconds >= 2 && seconds <= 3600 ? seconds : DEFAULT_TTL_SECONDS
}
