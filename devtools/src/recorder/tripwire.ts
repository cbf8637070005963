/**
 * JSON in base64url begins with `eyJ`, and so does each part of a JWT but its signature. Within a word it needs a second
 * such part to be one: there are names such as `keyJournal`.
 */
const JWT = /(?:(?<![A-Za-z0-9])eyJ[\w-]{12,}|eyJ[\w-]{8,}(?=\.eyJ))(?:\.[\w-]*)*/g

export const MASK = '[token]'

/**
 * The net beneath the allow list: no text that devtools keep or send has a token in it, whoever put it there (an app
 * that names a room by its token, another's machine that has one in its context).
 */
export const maskTokens = (text: string): string => text.replace(JWT, MASK)
