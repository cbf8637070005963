const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9.:[\]_-]+$/

/** Apps on a phone have schemes of their own, such as `capacitor://localhost`, of which `URL` makes no origin. */
const isOrigin = (value: unknown): value is string =>
  typeof value === 'string' &&
  ORIGIN.test(value) &&
  URL.canParse(value) &&
  (new URL(value).origin === value || !/^(?:https?|wss?|ftp|file|blob):/.test(value))

/** @throws TypeError unless each is an exact origin, as a browser sends it. */
export function checkedOrigins(origins: unknown = []): readonly string[] {
  if (Array.isArray(origins) && origins.every(isOrigin)) return [...origins]
  throw new TypeError(
    '"allowedOrigins" must be a list of exact origins, such as "http://localhost:5173", without a path or "*"',
  )
}
