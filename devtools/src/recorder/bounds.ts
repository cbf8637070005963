import { maskTokens } from './tripwire'

/** Characters of a name. Longer names are nobody's, and a session file with one would be no session file. */
export const MAX_TEXT = 2_000

/** ms: no calendar goes further, before the epoch or after it (ECMAScript, Time Values). */
export const MAX_TIME = 8.64e15

/** Characters of a session file. One is about a megabyte; a bigger one is another thing, and reading it would hang a page. */
export const MAX_SESSION = 50_000_000

/** What such a file may weigh, of the longest characters that UTF-8 has for one of ours. */
export const MAX_SESSION_BYTES = 3 * MAX_SESSION

/** A text that a record may have in it: without a token, and cut with a sign. */
export function boundedText(text: string): string {
  const masked = maskTokens(text)
  return masked.length > MAX_TEXT ? `${masked.slice(0, MAX_TEXT - 1)}…` : masked
}

/** The same of a list, of which a token may be the items: its signature is known by its neighbours alone. */
export const boundedTexts = (texts: readonly string[]): readonly string[] =>
  (JSON.parse(maskTokens(JSON.stringify(texts))) as string[]).map(boundedText)

/** A claim may say that a token is older than all time, and a clock of one's own nothing at all. */
export const boundedTime = (at: number): number => Math.min(MAX_TIME, Math.max(-MAX_TIME, at)) || 0
