import type { IncomingMessage, ServerResponse } from 'node:http'
import sirv from 'sirv'

/** Answers with a file of `folder`, or calls `missing` where there is none. Never throws. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, missing: () => void) => void

export function staticFiles(folder: string): StaticFiles {
  // `dev` looks at the disk on each request: a page that is built anew is served anew.
  const files = sirv(folder, { dev: true })
  return (request, response, missing) => {
    // Files this small need no ranges, and sirv passes on one that ends before it begins, which no stream can have.
    request.headers.range = undefined
    // A file that goes between the look at it and its opening has nobody else to tell.
    response.once('pipe', (file) => file.once('error', () => response.destroy()))
    try {
      files(request, response, missing)
    } catch {
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    }
  }
}
