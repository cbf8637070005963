import type { TokenFailure } from '../machines/vocabulary'
import { isInvalidResponse } from './invalid-response'

const REFUSED_STATUSES = new Set([400, 401, 403, 404, 422])

/** The default of `isRefused`: a status that asking again will not change. */
export const isRefusedStatus = (error: unknown): boolean => {
  const status = numberOf(error, 'status')
  return status !== undefined && REFUSED_STATUSES.has(status)
}

/** Puts what a fetcher threw into our own words; of its own it keeps the name, the status and `retryAt`. */
export function failureOf(error: unknown, isRefused: (error: unknown) => boolean): TokenFailure {
  if (isInvalidResponse(error)) return { code: 'invalid-response', message: error.message }
  const status = numberOf(error, 'status')
  const retryAt = numberOf(error, 'retryAt')
  const said = status === undefined ? nameOf(error) : `status ${status}`
  const facts = { ...(status === undefined ? {} : { status }), ...(retryAt === undefined ? {} : { retryAt }) }
  if (saysRefused(error, isRefused)) {
    return {
      code: 'refused',
      message: `The token was refused (${said}) and is not asked for again until the next fetch: check what the user may do, and what the request says.`,
      ...(status === undefined ? {} : { status }),
    }
  }
  if (status === 429) {
    return {
      code: 'rate-limited',
      message: 'The token endpoint asked for fewer requests (status 429): nothing is asked before retryAt.',
      ...facts,
    }
  }
  return {
    code: 'fetch-failed',
    message: `fetchToken failed (${said}): check the endpoint and the network. What it threw is the \`cause\` of the error that rejects fetch().`,
    ...facts,
  }
}

export const timedOut = (timeoutMs: number): TokenFailure => ({
  code: 'timeout',
  message: `fetchToken did not settle within ${timeoutMs} ms and was aborted: check the endpoint, or raise "attemptTimeoutMs".`,
})

export const disposed: TokenFailure = {
  code: 'disposed',
  message: 'The token store was disposed of: create a new one to fetch tokens again.',
}

/** A decision of the user's may throw: then it decided nothing. */
function saysRefused(error: unknown, isRefused: (error: unknown) => boolean): boolean {
  try {
    return isRefused(error) === true
  } catch {
    return false
  }
}

function numberOf(error: unknown, key: 'status' | 'retryAt'): number | undefined {
  const value = read(error, key)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** A class name is a word; anything else might be a sentence with a secret in it. */
function nameOf(error: unknown): string {
  const name = read(error, 'name')
  return typeof name === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name) ? name : 'an unnamed error'
}

function read(error: unknown, key: string): unknown {
  try {
    return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[key] : undefined
  } catch {
    return undefined
  }
}
