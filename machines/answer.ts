import { atRest } from './attempts'
import { clockOffset } from './clock-offset'
import type { TokenContext } from './context'
import type { AttemptAnswered, TokenFact } from './events'
import { ASSUMED_LIFETIME_MS, minValidity, refreshFloor, refreshJitter, refreshLead } from './refresh-timing'
import type { TokenView } from './vocabulary'

/** Below this a correction is applied but not worth telling. */
const TOLD_CORRECTION_MS = 1_000

/** What an answer means for the context that receives it. */
export interface JudgedAnswer {
  readonly view: TokenView
  readonly unusableAt: number
  readonly clockOffsetMs: number
  readonly stalled: number
  /** Not usable even now: handed over once, never kept. */
  readonly dead: boolean
  readonly noExpiry: boolean
  readonly facts: readonly TokenFact[]
}

/** Reads an answer: when it ends, when its refresh is due, and what it tells of our clock. Pure. */
export function judgeAnswer(context: TokenContext, event: AttemptAnswered & { at: number }): JudgedAnswer {
  const { at, token, random } = event
  const { policy } = context
  const clockOffsetMs = clockOffset({
    at,
    previousMs: context.clockOffsetMs,
    token,
    serverTime: event.serverTime,
  })
  const correctedNow = at + clockOffsetMs
  const expiresAt = token.expiresAt ?? correctedNow + ASSUMED_LIFETIME_MS
  const lifetimeMs = Math.max(0, expiresAt - (token.issuedAt ?? token.notBefore ?? correctedNow))
  const unusableAt = expiresAt - minValidity(lifetimeMs, policy.minValidityMs) - clockOffsetMs
  const previous = context.view
  const stalled = previous && expiresAt <= previous.expiresAt ? context.stalled + 1 : 0
  const lead = refreshLead(lifetimeMs, policy.refreshLeadMs)
  const jitter = refreshJitter(lifetimeMs, policy.refreshJitterMs, random)
  const wanted = expiresAt - lead - jitter - clockOffsetMs
  const refreshAt = Math.min(Math.max(wanted, at + refreshFloor(lifetimeMs, stalled)), unusableAt)
  const dead = at >= unusableAt
  const noExpiry = token.expiresAt === null
  return {
    view: {
      ordinal: context.lastOrdinal + 1,
      serverUrl: token.serverUrl,
      issuedAt: token.issuedAt,
      notBefore: token.notBefore,
      expiresAt,
      receivedAt: at,
      refreshAt,
      room: token.room,
      identity: token.identity,
      grants: token.grants,
    },
    unusableAt,
    clockOffsetMs,
    stalled,
    dead,
    noExpiry,
    facts: factsOf({
      dead,
      offset: clockOffsetMs,
      previous: context.clockOffsetMs,
      noExpiry: noExpiry && !context.toldNoExpiry,
    }),
  }
}

/** The answer becomes the token in hand. */
export const accepted = (
  context: TokenContext,
  { view, unusableAt, clockOffsetMs, stalled, noExpiry }: JudgedAnswer,
): Partial<TokenContext> => ({
  ...atRest,
  view,
  unusableAt,
  clockOffsetMs,
  stalled,
  lastOrdinal: view.ordinal,
  toldNoExpiry: context.toldNoExpiry || noExpiry,
  expired: false,
  distrusted: false,
  failure: null,
})

/**
 * A dead answer goes to who waits and is forgotten; a usable token in hand stays, and is left alone for a while.
 * `keepFresh` does not act any more: an endpoint that gives dead tokens would be asked without end.
 */
export function handedOver(context: TokenContext, answer: JudgedAnswer): Partial<TokenContext> {
  const { clockOffsetMs, stalled } = answer
  // What the answer told of our clock holds for the token in hand too.
  const shiftMs = clockOffsetMs - context.clockOffsetMs
  const unusableAt = context.unusableAt - shiftMs
  const view = context.view && leftAlone(context.view, answer, { shiftMs, unusableAt })
  return {
    ...atRest,
    view,
    unusableAt,
    clockOffsetMs,
    stalled,
    armed: false,
    expired: view === null,
    failure: null,
  }
}

/** Not due before it was, nor at once again. */
function leftAlone(
  inHand: TokenView,
  { view, stalled }: JudgedAnswer,
  { shiftMs, unusableAt }: { shiftMs: number; unusableAt: number },
): TokenView {
  const lifetimeMs = inHand.expiresAt - (inHand.issuedAt ?? inHand.notBefore ?? inHand.receivedAt)
  const soonest = view.receivedAt + refreshFloor(lifetimeMs, stalled)
  return { ...inHand, refreshAt: Math.min(Math.max(inHand.refreshAt - shiftMs, soonest), unusableAt) }
}

function factsOf(found: { dead: boolean; offset: number; previous: number; noExpiry: boolean }): TokenFact[] {
  const facts: TokenFact[] = []
  if (Math.abs(found.offset - found.previous) >= TOLD_CORRECTION_MS)
    facts.push({ type: 'clock-corrected', byMs: found.offset })
  if (found.noExpiry) facts.push({ type: 'no-expiry' })
  if (found.dead) facts.push({ type: 'expired-on-arrival' })
  return facts
}
