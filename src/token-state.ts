import type { TokenContext } from '../machines/context'
import type { TokenFailure, TokenStatus } from '../machines/vocabulary'
import { TokenError } from './errors'
import type { TokenState } from './types'

export const idleState = (since: number): TokenState => ({
  status: 'idle',
  token: null,
  error: null,
  attempt: 0,
  nextAt: null,
  since,
})

/** The machine's snapshot as everybody may see it; the same reference as before when nothing changed. */
export function tokenState(
  previous: TokenState,
  status: TokenStatus,
  context: TokenContext,
  at: number,
): TokenState {
  // Not later than now, though the clock was set back.
  const since = status === previous.status ? Math.min(previous.since, at) : at
  const facts = {
    error: errorOf(context.failure),
    attempt: context.series?.attempt ?? 0,
    nextAt: nextAt(context),
    since,
  }
  const next: TokenState =
    status === 'valid' || status === 'expiring' || status === 'refreshing'
      ? { status, token: present(context), ...facts }
      : { status, token: null, ...facts }
  return same(previous, next) ? previous : next
}

function present({ view }: TokenContext) {
  if (!view) throw new Error('A token state without a token: this is a bug of livekit-token-store.')
  return view
}

/** When the waiting retry runs, or when a limit ends. */
export const nextAt = ({ limit, retryDueAt }: TokenContext): number | null => limit?.until ?? retryDueAt

const errors = new WeakMap<TokenFailure, TokenError>()

/** Without a cause, and the same error as long as it is the same failure. */
function errorOf(failure: TokenFailure | null): TokenError | null {
  if (!failure) return null
  const known = errors.get(failure) ?? new TokenError(failure)
  errors.set(failure, known)
  return known
}

const same = (a: TokenState, b: TokenState): boolean =>
  a.status === b.status &&
  a.token === b.token &&
  a.error === b.error &&
  a.attempt === b.attempt &&
  a.nextAt === b.nextAt
