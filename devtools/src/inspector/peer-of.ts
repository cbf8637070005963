import { CHANNEL } from '../protocol/messages'
import type { Peer, PeerSocket } from './peer'
import { type TokenApps, TokenPeer } from './token-peer'
import { XStatePeer } from './xstate-peer'

/** Who speaks, by the first frame that is somebody's; null for one that is nobody's. */
export function peerOf(
  frame: Readonly<Record<string, unknown>>,
  apps: TokenApps,
  socket: PeerSocket,
  origin: string | null,
): Peer | null {
  const { channel, type, _version } = frame
  if (channel === CHANNEL) return new TokenPeer(apps, socket, origin)
  if (typeof type !== 'string') return null
  if (typeof _version === 'string') return new XStatePeer('xstate-5', apps.sources, origin)
  return type.startsWith('service.') ? new XStatePeer('xstate-4', apps.sources, origin) : null
}
