import { createHmac } from 'node:crypto'
import type { Credentials } from 'livekit-token-store'

const SECRET = 'a-secret-for-tests-of-32-bytes-or-more'

export interface TokenSpec {
  /** ms since the epoch. */
  issuedAt: number
  /** Default: ten minutes. */
  lifetimeMs?: number
  /** Which claim says when it was issued: LiveKit's JS SDK writes `nbf` alone, its Go SDK both. Default: 'nbf'. */
  issued?: 'nbf' | 'iat' | 'both' | 'none'
  /** Whether it has `exp`. Default: true. */
  expires?: boolean
  room?: string
  identity?: string
  /** More claims, or others. */
  claims?: Record<string, unknown>
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A signed token as LiveKit's server SDKs make them; synchronous, so that simulated time need not wait for it. */
export function signToken(spec: TokenSpec): string {
  const {
    issuedAt,
    lifetimeMs = 600_000,
    issued = 'nbf',
    expires = true,
    room = 'A',
    identity = 'me',
    claims,
  } = spec
  const seconds = issuedAt / 1000
  const payload = {
    iss: 'devkey',
    sub: identity,
    ...(issued === 'nbf' || issued === 'both' ? { nbf: seconds } : {}),
    ...(issued === 'iat' || issued === 'both' ? { iat: seconds } : {}),
    ...(expires ? { exp: seconds + lifetimeMs / 1000 } : {}),
    video: { roomJoin: true, room },
    ...claims,
  }
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`
  return `${body}.${createHmac('sha256', SECRET).update(body).digest('base64url')}`
}

export const SERVER_URL = 'wss://rooms.example'

/** Credentials around such a token. */
export const credentials = (spec: TokenSpec): Credentials => ({
  serverUrl: SERVER_URL,
  participantToken: signToken(spec),
})
