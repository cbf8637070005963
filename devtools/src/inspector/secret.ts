import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 32 URL-safe characters: whoever has them may look, and nobody guesses them. */
export const newSecret = (): string => randomBytes(24).toString('base64url')

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Takes the same time wherever the two differ. */
export const isSecret = (text: string, secret: string): boolean =>
  timingSafeEqual(digest(text), digest(secret))
