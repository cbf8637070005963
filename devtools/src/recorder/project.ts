import type { TokenError, TokenEvent, TokenRequest, TokenView } from 'livekit-token-store'
import { boundedText, boundedTexts, boundedTime } from './bounds'
import { isCommandName } from './commands'
import type { RecordDetail, RecordedRequest } from './record'

/** The grants that LiveKit has: https://docs.livekit.io/frontends/authentication/tokens/ */
const GRANTS = [
  'roomCreate',
  'roomList',
  'roomRecord',
  'roomAdmin',
  'roomJoin',
  'room',
  'canPublish',
  'canSubscribe',
  'canPublishData',
  'canPublishSources',
  'canUpdateOwnMetadata',
  'ingressAdmin',
  'hidden',
  'recorder',
  'agent',
  'canSubscribeMetrics',
  'canManageAgentSession',
  'destinationRoom',
] as const

const REQUEST = ['roomName', 'participantIdentity', 'agentName'] as const

/** Of a request, what names it. */
export function projectRequest(request: TokenRequest): RecordedRequest {
  const named = REQUEST.filter((key) => typeof request[key] === 'string')
  return Object.fromEntries(named.map((key) => [key, boundedText(request[key] as string)]))
}

/** A view, field by field: a newer store may have more in it. */
export function projectView(view: TokenView | null): TokenView | null {
  if (!view) return null
  return {
    ordinal: view.ordinal,
    serverUrl: boundedText(view.serverUrl),
    issuedAt: view.issuedAt === null ? null : boundedTime(view.issuedAt),
    notBefore: view.notBefore === null ? null : boundedTime(view.notBefore),
    expiresAt: boundedTime(view.expiresAt),
    receivedAt: boundedTime(view.receivedAt),
    refreshAt: boundedTime(view.refreshAt),
    room: view.room === null ? null : boundedText(view.room),
    identity: view.identity === null ? null : boundedText(view.identity),
    grants: view.grants && projectGrants(view.grants),
  }
}

/** The claim is the server's, so anything may be in it. */
export function projectGrants(grants: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const key of GRANTS) {
    const value = Object.hasOwn(grants, key) ? grants[key] : undefined
    if (typeof value === 'boolean') shown[key] = value
    if (typeof value === 'string') shown[key] = boundedText(value)
    if (Array.isArray(value)) shown[key] = boundedTexts(value.filter((one) => typeof one === 'string'))
  }
  return shown
}

/** What a type of event tells besides; never an error's text. */
export function projectDetail(event: TokenEvent): RecordDetail {
  switch (event.type) {
    case 'state':
      return projectError(event.error)
    case 'attempt':
      return { attempt: event.attempt, reason: event.reason }
    case 'attempt-failed': {
      const { attempt, code, status } = event
      return status === undefined ? { attempt, code } : { attempt, code, status }
    }
    case 'clock-corrected':
      return { byMs: event.byMs }
    case 'command':
      return isCommandName(event.name) ? { command: event.name } : {}
    case 'room': {
      const { state: room, reason } = event
      return reason === undefined ? { room } : { room, roomReason: boundedText(reason) }
    }
    default:
      return {}
  }
}

/** Of a state's error, its code and status. */
export function projectError(error: TokenError | null): RecordDetail {
  if (!error) return {}
  return error.status === undefined ? { code: error.code } : { code: error.code, status: error.status }
}
