/** An endpoint's refusal, in our own words: a body may quote a token, so it is never read. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError'
  /** The HTTP status. */
  declare readonly status?: number
  /** ms since the epoch by the local clock: the endpoint asks not to be asked before. */
  declare readonly retryAt?: number

  constructor(endpoint: string, status: number, retryAt?: number) {
    super(
      `${endpoint} answered ${status === 0 ? 'something that `fetch` hides' : status}: ${advice(status)}.`,
    )
    // An opaque response has the status 0, which is no status.
    if (status !== 0) this.status = status
    if (retryAt !== undefined) this.retryAt = retryAt
  }
}

function advice(status: number): string {
  if (status === 401 || status === 403) return 'check what it is sent to sign in with ("headers")'
  if (status === 404 || status === 405) return 'check its URL, and that it answers POST'
  if (status === 429) return 'it is asked too often'
  if (status === 0) return "leave out `redirect: 'manual'` and `mode: 'no-cors'`"
  if (status < 400) return 'let `fetch` follow redirects, or give the URL that it redirects to'
  if (status < 500) return 'check the fields of the token request against what it allows'
  return "look at the server's log"
}
