import type { TokenRecord } from 'livekit-token-devtools'
import type { TokenStatus, TokenView } from 'livekit-token-store'
import { START } from '../helpers/clock'
import { SERVER_URL } from '../helpers/tokens'

/** A record like any other but for what is named. */
export const record = (partial: Partial<TokenRecord> = {}): TokenRecord => ({
  at: START,
  mono: 0,
  sequence: 1,
  storeId: 'store-1',
  store: 'tokens',
  lifecycle: '1',
  type: 'state',
  from: null,
  to: null,
  view: null,
  request: { roomName: 'A' },
  detail: {},
  ...partial,
})

/** A ten-minute token that was received so many ms after START. */
export const view = (ordinal: number, receivedMs = 0, partial: Partial<TokenView> = {}): TokenView => ({
  ordinal,
  serverUrl: SERVER_URL,
  issuedAt: null,
  notBefore: START + receivedMs,
  expiresAt: START + receivedMs + 600_000,
  receivedAt: START + receivedMs,
  refreshAt: START + receivedMs + 480_000,
  room: 'A',
  identity: 'me',
  grants: { roomJoin: true, room: 'A' },
  ...partial,
})

/**
 * A session as it happens, 'tokens/1' but for the last lifecycle: a first token, the room joined, a refresh that fails
 * and is retried, a drop that LiveKit resumes, an order of devtools, the end.
 */
export function story(): readonly TokenRecord[] {
  const told: TokenRecord[] = []
  let token: TokenView | null = null
  const tell = (ms: number, partial: Partial<TokenRecord>) => {
    token = partial.view === undefined ? token : partial.view
    const sequence = told.length + 1
    told.push(record({ at: START + ms, mono: 1_000 + ms, sequence, ...partial, view: token }))
  }
  const state = (ms: number, from: TokenStatus, to: TokenStatus, partial: Partial<TokenRecord> = {}) =>
    tell(ms, { type: 'state', from, to, ...partial })
  tell(0, { type: 'attached', to: 'idle' })
  state(10, 'idle', 'fetching')
  tell(10, { type: 'attempt', detail: { attempt: 1, reason: 'initial' } })
  state(150, 'fetching', 'valid', { view: view(1, 150) })
  tell(200, { type: 'room', detail: { room: 'connecting' } })
  tell(900, { type: 'room', detail: { room: 'connected' } })
  state(480_150, 'valid', 'expiring')
  state(480_150, 'expiring', 'refreshing')
  tell(480_150, { type: 'attempt', detail: { attempt: 1, reason: 'refresh' } })
  tell(480_400, { type: 'attempt-failed', detail: { attempt: 1, code: 'fetch-failed', status: 503 } })
  state(480_400, 'refreshing', 'expiring', {
    detail: { code: 'fetch-failed', status: 503, nextAt: START + 481_400 },
  })
  tell(481_000, { type: 'room', detail: { room: 'reconnecting' } })
  state(481_400, 'expiring', 'refreshing')
  tell(481_400, { type: 'attempt', detail: { attempt: 2, reason: 'refresh' } })
  state(481_600, 'refreshing', 'valid', { view: view(2, 481_600) })
  tell(482_000, { type: 'room', detail: { room: 'connected' } })
  tell(500_000, { type: 'command', detail: { command: 'simulate-expiry' } })
  state(500_000, 'valid', 'idle', { view: null })
  tell(501_000, { type: 'room', detail: { room: 'disconnected', roomReason: 'CLIENT_INITIATED' } })
  tell(510_000, { type: 'disposed' })
  const other = { lifecycle: '2', request: { roomName: 'B' } }
  state(520_000, 'idle', 'fetching', other)
  tell(520_000, { ...other, type: 'attempt', detail: { attempt: 1, reason: 'initial' } })
  tell(520_300, {
    ...other,
    type: 'attempt-failed',
    detail: { attempt: 1, code: 'refused', status: 403 },
  })
  state(520_300, 'fetching', 'failed', { ...other, detail: { code: 'refused', status: 403 } })
  return told
}
