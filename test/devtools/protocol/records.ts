import type { TokenRecord } from 'livekit-token-devtools'
import { record } from '../records'

/** Records of those sequence numbers. */
export const records = (from: number, to: number): TokenRecord[] =>
  Array.from({ length: to - from + 1 }, (_, index) => record({ sequence: from + index }))
