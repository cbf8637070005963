import type { TokenState, TokenStatus } from 'livekit-token-store'

export const STATUSES: readonly TokenStatus[] = [
  'idle',
  'fetching',
  'valid',
  'expiring',
  'refreshing',
  'failed',
]

/** What a state means to whoever needs a token now. */
export function meaningOf({ status, nextAt }: TokenState, observed: boolean): string {
  switch (status) {
    case 'idle':
      return 'No token, and nothing happens until somebody asks for one.'
    case 'fetching':
      return nextAt === null
        ? 'No usable token yet. Whoever asks waits for this attempt.'
        : 'No usable token yet. Whoever asks waits for the next try.'
    case 'valid':
      return observed
        ? 'Callers are answered at once. It is refreshed on time, as somebody observes it.'
        : 'Callers are answered at once. Nobody observes it, so it is left to expire.'
    case 'expiring':
      return nextAt === null
        ? 'Still usable, and due. The next caller sets off the refresh.'
        : 'Still usable: callers get it at once while the store tries again.'
    case 'refreshing':
      return 'A new token is on its way. Callers get the present one at once.'
    case 'failed':
      return nextAt === null
        ? 'No usable token, and the store gave up. The next fetch tries anew.'
        : 'No usable token, and the endpoint wants to be left alone.'
  }
}

/** Under a minute with one decimal, as a token here lives only half of one. */
export function seconds(ms: number): string {
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1000)} s`
  return `${(Math.max(0, ms) / 1000).toFixed(1)} s`
}

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 1,
})

export const clockTime = (at: number): string => CLOCK.format(at)
