import type { Credentials } from 'livekit-token-store'

export interface CanarySpec {
  /** ms since the epoch. */
  now: number
  /** Default: ten minutes. */
  lifetimeMs?: number
  room?: string
  /** Of the server's URL, behind its host. */
  path?: string
  /** More claims, or others; undefined takes one away. */
  claims?: Record<string, unknown>
  /** More grants, or others. */
  grants?: Record<string, unknown>
  /** Of its JSON, as a server may print it prettily. Default: none. */
  indent?: number | string
}

/** A family of tokens, and of private texts that come with them. */
export interface Canary {
  /** Credentials with a text of the family wherever a server may put one. */
  issue(spec: CanarySpec): Credentials
  /** A private text for that place, always the same. */
  mark(place: string): string
  /** The parts of the token that was issued last. */
  readonly last: { readonly token: string; readonly payload: string; readonly signature: string }
  /** All that must be nowhere. Of a token the header is missing, which is everybody's. */
  readonly secrets: readonly string[]
}

const part = (value: object, indent?: number | string) => base64url(JSON.stringify(value, null, indent))
const base64url = (text: string) =>
  btoa(text).replace(/[+/=]/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '')
const random = (bytes: number) => [...crypto.getRandomValues(new Uint8Array(bytes))]

/** No two runs have the same. Without Node's own modules, so that a page can have one too. */
export function createCanary(): Canary {
  const marks = new Map<string, string>()
  const secrets: string[] = []
  let last = { token: '', payload: '', signature: '' }
  const mark = (place: string) => {
    const known = marks.get(place)
    if (known) return known
    const made = random(14)
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
    marks.set(place, made)
    secrets.push(made)
    return made
  }
  return {
    mark,
    secrets,
    get last() {
      return last
    },
    issue({ now, lifetimeMs = 600_000, room = 'A', path = '/', claims, grants, indent }) {
      const seconds = Math.floor(now / 1_000)
      const payload = part(
        {
          iss: 'devkey',
          sub: 'me',
          nbf: seconds,
          exp: seconds + lifetimeMs / 1_000,
          jti: mark('jti'),
          name: mark('name claim'),
          metadata: JSON.stringify({ secret: mark('metadata claim') }),
          attributes: { secret: mark('attributes claim') },
          roomConfig: { metadata: mark('room config claim') },
          sha256: mark('body claim'),
          ...claims,
          video: { roomJoin: true, room, note: mark('grant'), [mark('grant key')]: true, ...grants },
        },
        indent,
      )
      const signature = base64url(String.fromCharCode(...random(32)))
      const token = `${part({ alg: 'HS256', typ: 'JWT' }, indent)}.${payload}.${signature}`
      last = { token, payload, signature }
      secrets.push(token, payload, signature)
      const [user, password, query, fragment] = ['user', 'password', 'query', 'fragment'].map(mark)
      const serverUrl = `wss://${user}:${password}@rooms.example${path}?access_token=${token}&key=${query}#${fragment}`
      return { serverUrl, participantToken: token }
    },
  }
}
