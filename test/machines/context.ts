import type { TokenContext, TokenFailure, TokenPolicy, TokenView } from 'livekit-token-store/machine'
import { initialContext } from '../../machines/context'
import { defaultPolicy } from '../../machines/default-policy'
import type { AnsweredToken, AttemptAnswered, AttemptFailed } from '../../machines/events'
import { START } from '../helpers/clock'
import { SERVER_URL } from '../helpers/tokens'

/** A context as it is at the start, but for what is named. */
export const contextWith = (
  changes: Partial<TokenContext> = {},
  policy: Partial<TokenPolicy> = {},
): TokenContext => ({ ...initialContext({ ...defaultPolicy, ...policy }), ...changes })

export const viewWith = (changes: Partial<TokenView> = {}): TokenView => ({
  ordinal: 1,
  serverUrl: SERVER_URL,
  issuedAt: null,
  notBefore: START,
  expiresAt: START + 600_000,
  receivedAt: START,
  refreshAt: START + 480_000,
  room: 'A',
  identity: 'me',
  grants: { roomJoin: true, room: 'A' },
  ...changes,
})

/** What makes a ten-minute token of START the token in hand. */
export const inHand = (changes: Partial<TokenView> = {}) => ({
  view: viewWith(changes),
  unusableAt: START + 590_000,
  lastOrdinal: 1,
  armed: true,
})

export const answered = (
  token: Partial<AnsweredToken> = {},
  more: Partial<AttemptAnswered & { at: number }> = {},
): AttemptAnswered & { at: number } => ({
  type: 'attempt.answered',
  at: START,
  attemptId: 1,
  random: 0,
  ...more,
  token: {
    serverUrl: SERVER_URL,
    issuedAt: null,
    notBefore: START,
    expiresAt: START + 600_000,
    room: 'A',
    identity: 'me',
    grants: { roomJoin: true, room: 'A' },
    ...token,
  },
})

export const failureWith = (changes: Partial<TokenFailure> = {}): TokenFailure => ({
  code: 'fetch-failed',
  message: 'It failed.',
  ...changes,
})

export const failed = (
  failure: Partial<TokenFailure> = {},
  more: Partial<AttemptFailed & { at: number }> = {},
): AttemptFailed & { at: number } => ({
  type: 'attempt.failed',
  at: START,
  attemptId: 1,
  random: 0,
  ...more,
  failure: failureWith(failure),
})
