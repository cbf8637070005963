import type { ServerTime } from '../server-time'

/** A `Date` header has no fraction of a second: on average half of one is missing. */
const HALF_A_SECOND = 500

interface Exchange {
  /** By the local clock, ms since the epoch. */
  readonly sentAt: number
  readonly receivedAt: number
  /** When the body was read too. */
  readonly readAt: number
}

/** The server's time at `readAt`, from the `Date` header, as if it had answered midway; undefined without one. */
export function serverTimeOfResponse(headers: Headers, exchange: Exchange): ServerTime | undefined {
  const date = readHttpDate(headers.get('date'))
  if (date === undefined) return undefined
  const uncertaintyMs = HALF_A_SECOND + Math.max(0, exchange.receivedAt - exchange.sentAt) / 2
  return { now: date + uncertaintyMs + Math.max(0, exchange.readAt - exchange.receivedAt), uncertaintyMs }
}

/**
 * When the `Retry-After` header allows the next request, ms since the epoch by the local clock. A date is the
 * server's, so the `Date` header, where it is readable, turns it into a wait.
 */
export function retryAtOfResponse(headers: Headers, receivedAt: number): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) {
    const retryAt = receivedAt + Number(value) * 1000
    return Number.isFinite(retryAt) ? retryAt : undefined
  }
  const date = readHttpDate(value)
  if (date === undefined) return undefined
  const serverNow = readHttpDate(headers.get('date')) ?? receivedAt
  return receivedAt + Math.max(0, date - serverNow)
}

/** Of the three forms of an HTTP date only asctime's lacks the zone, which is UTC all the same. */
function readHttpDate(value: string | null | undefined): number | undefined {
  if (!value || !/^[a-z]{3,9},? /i.test(value)) return undefined
  const time = Date.parse(/ (GMT|UTC)$/i.test(value) ? value : `${value} GMT`)
  return Number.isNaN(time) ? undefined : time
}
