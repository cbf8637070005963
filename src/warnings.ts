import { filter, type Observable, take } from 'rxjs'
import { ASSUMED_LIFETIME_MS } from '../machines/refresh-timing'
import type { TokenEvent } from './types'

/**
 * Says once per store that its endpoint makes tokens without an end. Not which store: a name is the app's, and may hold
 * what no console is to show. The event tells the lifecycle.
 */
export function warnOfMissingExpiry(events$: Observable<TokenEvent>): void {
  events$
    .pipe(
      filter(({ type }) => type === 'no-expiry'),
      take(1),
    )
    .subscribe(() =>
      console.warn(
        `livekit-token-store: a token has no \`exp\` claim, so it is renewed as if it lived ${ASSUMED_LIFETIME_MS / 1000} s. Give it one on the server. Whose it is, the store's event \`no-expiry\` tells.`,
      ),
    )
}
