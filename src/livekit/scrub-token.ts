/** Put in a token's place. */
const PLACEHOLDER = '[token]'

/** What an error of livekit-client may repeat the server's words in. */
const FIELDS = ['message', 'stack', 'context', 'cause'] as const

/**
 * The very same error, with each occurrence of a token replaced: the server's refusal quotes the whole token, and
 * livekit-client makes it the error's message.
 */
export function scrubToken(error: unknown, tokens: Iterable<string>): unknown {
  for (const token of tokens) if (token !== '') scrub(error, token, new Set())
  return error
}

function scrub(error: unknown, token: string, seen: Set<unknown>): void {
  if (!(error instanceof Object) || seen.has(error)) return
  seen.add(error)
  for (const field of FIELDS) {
    const value: unknown = Reflect.get(error, field)
    if (typeof value !== 'string') scrub(value, token, seen)
    // Not by assignment, which throws where a field is read-only.
    else if (value.includes(token)) Reflect.set(error, field, value.replaceAll(token, PLACEHOLDER))
  }
}
