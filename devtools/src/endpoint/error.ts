/** What the caller of the endpoint did wrong; the status and the message are the answer. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
