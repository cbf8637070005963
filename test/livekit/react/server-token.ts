import { SignJWT } from 'jose'
import { API_KEY, API_SECRET } from '../../helpers/livekit-server'

/** A token that orders the test server's mode. Not by LiveKit's own SDK, which warns wherever it sees a page. */
export const serverToken = ({ mock = 'happy', secret = API_SECRET } = {}): Promise<string> =>
  new SignJWT({
    video: { roomJoin: true, room: 'A' },
    attributes: { 'lk.mock': JSON.stringify({ signal: mock }) },
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(API_KEY)
    .setSubject('me')
    .setNotBefore('0s')
    .setExpirationTime('10m')
    .sign(Buffer.from(secret))
