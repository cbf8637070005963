/** When a token is due, and until when it may be handed out. Pure; all in ms. */

/** Without `exp` a token is taken to live this long, as Azure's communication SDK takes it. */
export const ASSUMED_LIFETIME_MS = 600_000

/** The storm limit: at most so many attempts within the window. */
export const STORM_ATTEMPTS = 10
export const STORM_WINDOW_MS = 30_000

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)

/** A fifth of the lifetime, 10 s at least, 120 s at most: more than livekit-client's own gate of 60 s from ten minutes on. */
export const defaultRefreshLead = (lifetimeMs: number): number => clamp(0.2 * lifetimeMs, 10_000, 120_000)

/** The lead in force: never over half the lifetime, so that a short-lived token is not due at once. */
export function refreshLead(lifetimeMs: number, leadMs: (lifetimeMs: number) => number): number {
  return Math.min(sensible(lifetimeMs, leadMs) ?? defaultRefreshLead(lifetimeMs), lifetimeMs / 2)
}

/** A user's function may be wrong for a lifetime that it did not think of: null then. */
function sensible(lifetimeMs: number, leadMs: (lifetimeMs: number) => number): number | null {
  try {
    const wanted = leadMs(lifetimeMs)
    return Number.isFinite(wanted) && wanted >= 0 ? wanted : null
  } catch {
    return null
  }
}

/** By how much this refresh comes earlier, so that many clients do not ask at the same moment. */
export const refreshJitter = (lifetimeMs: number, mostMs: number, random: number): number =>
  random * Math.min(mostMs, lifetimeMs / 10)

/** A token with less left than this is not handed out. */
export const minValidity = (lifetimeMs: number, minValidityMs: number): number =>
  Math.min(minValidityMs, lifetimeMs / 10)

/**
 * The least time from an answer to the next automatic refresh: 5 s, at most a quarter of the lifetime, never
 * less than keeps to the storm limit. Doubles with each answer that did not move the expiry (`stalled`).
 */
export function refreshFloor(lifetimeMs: number, stalled: number): number {
  const floor = Math.max(Math.min(5_000, lifetimeMs / 4), STORM_WINDOW_MS / STORM_ATTEMPTS)
  return floor * 2 ** Math.min(stalled, 20)
}
