/**
 * JSON in base64url begins with `eyJ`, and so does each part of a JWT but its signature. Within a word it needs a second
 * such part to be one, or the length of a payload: there are names such as `keyJournal`, but what stands before it may
 * also be the end of an escape (`\n`, `%3D`).
 */
const JWT = /(?:(?<![A-Za-z0-9])eyJ[\w-]{12,}|eyJ[\w-]{8,}(?=\.eyJ)|eyJ[\w-]{40,})(?:\.[\w-]*)*/g

export const MASK = '[token]'

/**
 * The net beneath the allow list: no text that devtools keep or send has a token in it, whoever put it there (an app
 * that names a room by its token, another's machine that has one in its context).
 *
 * Not by `replace`: an engine may make its result of slices, which keep the text that they are of in memory, and the
 * token with it, for as long as the result is kept.
 */
export const maskTokens = (text: string): string => text.split(JWT).join(MASK)
