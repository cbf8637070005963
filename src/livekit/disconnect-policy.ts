import { DisconnectReason } from 'livekit-client'

/**
 * The ends after which the token is worth nothing, by number: the oldest livekit-client does not know every name.
 * The participant was removed, the room is gone, or the server will not have this token.
 */
const ENDS_THE_TOKEN: readonly number[] = [
  4, // PARTICIPANT_REMOVED
  5, // ROOM_DELETED
  10, // ROOM_CLOSED
  12, // USER_REJECTED, which is also how the client tells that it was refused
  16, // AGENT_ERROR
]

/**
 * Whether a disconnect ends the token too. Without a reason the client gave up reconnecting or was refused while
 * it did, and cannot tell which. Every other reason is one of transport, or of this client's own.
 */
export const endsToken = (reason: number | undefined): boolean =>
  reason === undefined || ENDS_THE_TOKEN.includes(reason)

/** The reason's name in LiveKit's protocol; its number when this livekit-client knows no name. */
export const reasonName = (reason: number): string => DisconnectReason[reason] ?? String(reason)
