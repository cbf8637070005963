/** Put in a token's place. */
const PLACEHOLDER = '[token]'

/** What an error of livekit-client may repeat the server's words in. */
const FIELDS = ['message', 'stack', 'context', 'cause', 'errors'] as const

/**
 * The very same error, with each occurrence of a token replaced: the server's refusal quotes the whole token, and
 * livekit-client makes it the error's message.
 */
export const scrubToken = (error: unknown, tokens: Iterable<string>): unknown =>
  [...tokens].filter(Boolean).reduce((scrubbed, token) => scrub(scrubbed, token, new Set()), error)

function scrub(value: unknown, token: string, seen: Set<unknown>): unknown {
  if (typeof value === 'string') return value.replaceAll(token, PLACEHOLDER)
  if (!(value instanceof Object) || seen.has(value)) return value
  seen.add(value)
  for (const field of Array.isArray(value) ? value.keys() : FIELDS) {
    const before: unknown = Reflect.get(value, field)
    const after = scrub(before, token, seen)
    // Not by assignment, which throws where a field is read-only; one that only its class has gets it as its own.
    if (after !== before && !Reflect.set(value, field, after))
      Reflect.defineProperty(value, field, { value: after, configurable: true })
  }
  return value
}
