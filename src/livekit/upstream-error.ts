import { InvalidResponse } from '../invalid-response'
import { EndpointError } from './endpoint-error'

/** How upstream's endpoint tells a status; the server's body follows. */
const REFUSAL = /^Error generating token from endpoint .*?: received (\d{3}) \/ /s

/** What upstream's decoder says of an answer in the wrong form; the value follows. */
const UNDECODABLE = /^cannot decode (message|field) livekit\.TokenSourceResponse/

/**
 * Upstream's errors quote the answer, and their facts are only in their message: the status is read from it and
 * the rest dropped. Any other error is the application's own and stays as it is.
 */
export function readUpstreamError(error: unknown): unknown {
  // Not by `instanceof`: an error may come from another realm.
  const { name, message = '' } = (error ?? {}) as Partial<Error>
  const status = REFUSAL.exec(message)?.[1]
  if (status !== undefined) return new EndpointError("The token source's endpoint", Number(status))
  if (name === 'SyntaxError' || UNDECODABLE.test(message)) {
    return new InvalidResponse(
      'The token source got something other than JSON credentials: check that its endpoint answers an object with `server_url` and `participant_token`.',
    )
  }
  return error
}
