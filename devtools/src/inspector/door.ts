import type { IncomingMessage } from 'node:http'
import { loopbackHosts } from '../loopback/names'
import { isSecret } from './secret'

/** Who may come in. */
export interface Door {
  readonly secret: string
  readonly port: number
  readonly allowedOrigins: readonly string[]
}

export interface Guest {
  /** Below the secret, with the query: `/` is the page. Empty without the slash. */
  readonly path: string
  /** Null for a program, and for a page that a browser fetches at a person's wish. */
  readonly origin: string | null
  /** Whether it is a page of the inspector itself. */
  readonly isOwn: boolean
}

/** The guest, or the status with which it is sent away. */
export function guestAt({ secret, port, allowedOrigins }: Door, request: IncomingMessage): Guest | number {
  const { host = '', origin = null } = request.headers
  const hosts = loopbackHosts(port)
  // A foreign site whose name was pointed at 127.0.0.1 sends its own name here.
  if (!hosts.includes(host.toLowerCase())) return 403
  const isOwn = hosts.some((name) => origin === `http://${name}`)
  if (origin !== null && !isOwn && !allowedOrigins.includes(origin)) return 403
  const [, given = '', path = ''] = /^\/([^/?]*)(.*)$/s.exec(request.url ?? '') ?? []
  return isSecret(given, secret) ? { path, origin, isOwn } : 404
}
