/**
 * A name that a client made up, as it may stand in an error: a plain short word as it is. Anything else could be
 * a token that went astray, so it is not repeated.
 */
export const shownName = (name: string): string => (/^[\w.-]{1,32}$/.test(name) ? name : '[name]')
