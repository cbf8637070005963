/** Registered, so that an error of the ESM build is known to the CJS build and the other way round. */
const BRAND = Symbol.for('livekit-token-store.invalid-response')

/**
 * An answer that is no credentials. The message is this library's own words and says what was wrong with which
 * field; it never holds a part of the answer, so it may be shown wherever an error's message is shown.
 */
export class InvalidResponse extends Error {
  override readonly name = 'InvalidResponse'
  readonly [BRAND] = true
}

export const isInvalidResponse = (error: unknown): error is InvalidResponse =>
  typeof error === 'object' && error !== null && (error as { [BRAND]?: unknown })[BRAND] === true
