import { SignJWT } from 'jose'
import type { Faults } from './faults'
import type { TokenOrder } from './token-request'

export interface Signer {
  apiKey: string
  apiSecret: string
}

/** Past the 60 s that LiveKit's server forgives. */
const EXPIRED_FOR = 120

/** The claims' times in whole seconds, by a clock that shows `nowMs`. */
function lifetime(nowMs: number, { ttl, expired }: Pick<Faults, 'ttl' | 'expired'>) {
  const now = Math.floor(nowMs / 1000)
  const nbf = expired ? now - EXPIRED_FOR - ttl : now
  return { nbf, exp: nbf + ttl }
}

/** A join token with the claims that LiveKit's JS server SDK writes: `nbf` and `exp`, but no `iat` and no `jti`. */
export function signToken(
  order: TokenOrder & { room: string; identity: string },
  faults: Pick<Faults, 'ttl' | 'expired'>,
  { apiKey, apiSecret }: Signer,
  nowMs: number,
): Promise<string> {
  const claims = {
    iss: apiKey,
    sub: order.identity,
    ...lifetime(nowMs, faults),
    name: order.name,
    metadata: order.metadata,
    attributes: order.attributes,
    video: {
      roomJoin: true,
      room: order.room,
      canPublish: true,
      canSubscribe: true,
      canPublishData: true,
      canUpdateOwnMetadata: true,
    },
    roomConfig: order.roomConfig,
  }
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(apiSecret))
}
