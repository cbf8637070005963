import { ConnectionError } from 'livekit-client'

/** `ConnectionErrorReason`, by number: the oldest livekit-client lacks the last. */
export const NOT_ALLOWED = 0
const TIMEOUT = 5
const SERVICE_NOT_FOUND = 7

/** The constructor is public in some versions and `protected` in others, to the compiler alone. */
const Constructor = ConnectionError as unknown as new (
  message: string,
  reason: number,
) => ConnectionError & { reasonName: string }

export const connectionTimedOut = (ms: number): ConnectionError =>
  new Constructor(
    `The room was not connected within ${ms} ms ("connectTimeoutMs"): check that the LiveKit server is reachable, and its UDP and TCP ports too.`,
    TIMEOUT,
  )

/** The address is named by its origin and path: nothing else of it is safe to show. */
export function noLiveKitServer(serverUrl: string): ConnectionError {
  const { protocol, host, pathname } = new URL(serverUrl)
  const error = new Constructor(
    `\`serverUrl\` is no LiveKit server: ${protocol}//${host}${pathname} answers 404 at rtc/v1/validate and at rtc/validate. Check what the token endpoint answers as \`server_url\`.`,
    SERVICE_NOT_FOUND,
  )
  error.reasonName = 'ServiceNotFound'
  return error
}

/**
 * Whether the server refused the token. Not by `instanceof`, as the room may be of the other module flavour; and a
 * room that does not exist is `NotAllowed` too, with the status 404, which no other token mends.
 */
export function isRefusal(error: unknown): boolean {
  const { name, reason, status } = (error ?? {}) as Partial<ConnectionError>
  return name === 'ConnectionError' && reason === NOT_ALLOWED && (status === 401 || status === 403)
}
