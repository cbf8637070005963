import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 32 URL-safe characters: whoever has them may look, and nobody guesses them. */
export const newSecret = (): string => randomBytes(24).toString('base64url')

const SECRET = /^[\w-]{22,200}$/

/** @throws TypeError, which does not repeat it. */
export function checkedSecret(secret: unknown = newSecret()): string {
  if (typeof secret === 'string' && SECRET.test(secret)) return secret
  throw new TypeError('"secret" must be 22 to 200 characters of A-Z, a-z, 0-9, - and _')
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Takes the same time wherever the two differ. */
export const isSecret = (text: string, secret: string): boolean =>
  timingSafeEqual(digest(text), digest(secret))
