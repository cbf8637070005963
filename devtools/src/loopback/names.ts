const NAMES = ['localhost', '127.0.0.1', '[::1]']
const HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i
const ORIGIN = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/

/**
 * Whether a `Host` header names this machine. A page of a foreign site whose DNS name was pointed at 127.0.0.1
 * (DNS rebinding) sends its own name here, and is found out.
 */
export const isLoopbackHost = (host: string | undefined): boolean => host !== undefined && HOST.test(host)

/** Whether an `Origin` header names a page of this machine, on any port. The opaque origin `null` does not. */
export const isLoopbackOrigin = (origin: string): boolean => ORIGIN.test(origin)

/** What a `Host` header may be at that port, in lower case; HTTP leaves out its own port, 80. */
export const loopbackHosts = (port: number): readonly string[] =>
  NAMES.map((name) => (port === 80 ? name : `${name}:${port}`))
