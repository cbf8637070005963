import type { Clock } from 'livekit-token-store'
import { newAppId } from '../protocol/app-id'
import { keyOf, type TokenRecord } from '../recorder/record'

/** Names lifecycles to an inspector that hears several apps: `<storeId>/<lifecycle>@<random>`. */
export function createSessionIds(clock: Clock): (record: TokenRecord) => string {
  const app = newAppId(clock)
  return (record) => `${keyOf(record)}@${app}`
}
