import type { RoomConnectionState } from 'livekit-token-store'
import type { CallState } from './call'

/** What the room's badge says. */
export type ConnectionWord = 'not joined' | 'token first' | Exclude<RoomConnectionState, 'moved'>

export function connectionWord({ phase, connection }: CallState): ConnectionWord {
  if (phase === 'joining' && connection !== 'connecting') return 'token first'
  return connection === null || connection === 'moved' ? 'not joined' : connection
}

/** What that means to whoever looks. */
export function callNote(state: CallState): string {
  const { phase, reason, problem, video } = state
  if (problem) return problem
  switch (connectionWord(state)) {
    case 'not joined':
      return 'You will send your camera or a drawn picture, and no sound.'
    case 'token first':
      return 'The store is asked for a token to join with.'
    case 'connecting':
      return 'The token is shown to the LiveKit server.'
    case 'connected':
      return video?.note ?? 'Your browser may ask for the camera.'
    case 'reconnecting':
      return 'LiveKit mends the connection with a token that the server sent.'
    case 'disconnected':
      return phase === 'out' ? endNote(reason) : 'The connection is gone.'
  }
}

/** Reasons' names are LiveKit's own. */
function endNote(reason: string | null): string {
  switch (reason) {
    case 'CLIENT_INITIATED':
      return 'You left. The token is kept: it is good for the next time.'
    case 'DUPLICATE_IDENTITY':
      return 'DUPLICATE_IDENTITY: you joined elsewhere, and one of you had to go. The token is kept.'
    case null:
      return 'LiveKit gave up, so the token was invalidated too.'
    default:
      return `It ended: ${reason}.`
  }
}
