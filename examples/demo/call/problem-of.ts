import { ConnectionError, ConnectionErrorReason } from 'livekit-client'
import { TokenError } from 'livekit-token-store'

const ADVICE: Readonly<Record<number, string>> = {
  [ConnectionErrorReason.NotAllowed]: 'The server refuses the token: are its key and secret the endpoint’s?',
  [ConnectionErrorReason.ServerUnreachable]: 'The LiveKit server does not answer: does it run?',
  [ConnectionErrorReason.WebSocket]: 'The LiveKit server does not answer: does it run?',
  [ConnectionErrorReason.Timeout]: 'It took too long. Media may not get through to the server.',
}

/** Why a room could not be joined, and what to look at. */
export function problemOf(error: unknown): string {
  if (error instanceof TokenError) return `There is no token to join with (${error.code}). ${error.message}`
  if (!(error instanceof ConnectionError)) return 'The room could not be joined.'
  return ADVICE[error.reason] ?? error.message
}
