/** JSON in base64url begins with `ey`, and so do each part of a JWT but its signature, and a JWT or JWE as a whole. */
const JWT = /ey[A-Za-z][\w-]{12,}(?:\.[\w-]*)*/g

export const MASK = '[token]'

/**
 * The net beneath the allow list: no text that devtools keep or send has a token in it, whoever put it there (an app
 * that names a room by its token, another's machine that has one in its context).
 */
export const maskTokens = (text: string): string => text.replace(JWT, MASK)
