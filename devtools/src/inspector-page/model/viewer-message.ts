import { CHANNEL, PROTOCOL_VERSION } from '../../protocol/messages'
import type { SourceProtocol, ToViewer } from '../../protocol/viewer'
import { nameOf } from './plain'

/** A viewer's message with the server's time where it tells one. */
export type Received = Exclude<ToViewer, { kind: 'frame' }> | ReceivedFrame

export interface ReceivedFrame {
  readonly kind: 'frame'
  readonly source: string
  readonly seq: number
  /** ms since the epoch; null when the server does not say. */
  readonly at: number | null
  /** Anything: its source's protocol says how to read it. */
  readonly frame: unknown
}

const PROTOCOLS: readonly unknown[] = ['livekit-token', 'xstate-4', 'xstate-5']

/** What a frame of the viewer's socket says; null when it is not for us, or a newer server's. */
export function readViewerMessage(text: unknown): Received | null {
  if (typeof text !== 'string') return null
  let message: Partial<Record<string, unknown>>
  try {
    message = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof message !== 'object' || message === null) return null
  if (message.channel !== CHANNEL || message.version !== PROTOCOL_VERSION) return null
  const envelope = { channel: CHANNEL, version: PROTOCOL_VERSION } as const
  const { kind, source, seq, at, name, protocol, origin } = message
  const named = typeof source === 'string' && source !== '' && source.length <= 200
  switch (kind) {
    case 'welcome':
      return { ...envelope, kind, allowedOrigins: originsOf(message.allowedOrigins) }
    case 'source':
      if (!named || !PROTOCOLS.includes(protocol)) return null
      return {
        ...envelope,
        kind,
        source,
        protocol: protocol as SourceProtocol,
        name: nameOf(name),
        origin: typeof origin === 'string' ? nameOf(origin) : null,
        connected: message.connected === true,
        lost: message.lost === 'frame-too-big' ? message.lost : null,
        allowCommands: message.allowCommands === true,
        cleared: typeof message.cleared === 'number' ? message.cleared : 0,
      }
    case 'frame':
      if (!named || typeof seq !== 'number' || !Number.isSafeInteger(seq)) return null
      return { kind, source, seq, at: typeof at === 'number' && at > 0 ? at : null, frame: message.frame }
    case 'gone':
      return named ? { ...envelope, kind, source } : null
    case 'result':
      return { ...envelope, kind, id: Number(message.id), ok: message.ok === true }
    default:
      return null
  }
}

/** Exact origins only: a pattern, or an address with a path, is none. An app on a phone may have a scheme of its own. */
export const originsOf = (list: unknown): string[] =>
  Array.isArray(list)
    ? list.filter(
        (item): item is string => typeof item === 'string' && /^[a-z][\w+.-]*:\/\/[^/?#*@\s]+$/.test(item),
      )
    : []
