import type { IncomingMessage } from 'node:http'
import { EndpointError } from './error'

/** Attributes and metadata of a participant may be 64 KB each at LiveKit; this holds both, and agents' too. */
const LIMIT = 512 * 1024

/** The whole body as text. @throws {EndpointError} 413 when it is too long, 400 when it is no UTF-8. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length
    // Read to the end all the same, but not kept: a socket that is closed earlier loses the answer.
    if (size <= LIMIT) chunks.push(chunk)
  }
  if (size > LIMIT) throw new EndpointError(413, `the body must be at most ${LIMIT} bytes long`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new EndpointError(400, 'the body must be UTF-8')
  }
}
