import { byteLength } from '../recorder/byte-length'
import type { TokenRecord } from '../recorder/record'
import { MAX_BATCH, MAX_FRAME_BYTES } from './messages'

const MAX_BATCH_BYTES = MAX_FRAME_BYTES / 4
/** The rest of a frame is its envelope. */
const MAX_RECORD_BYTES = MAX_FRAME_BYTES - 1_000

/**
 * The records in portions that fit into a frame each. One that is too big for any frame is left out: it would end
 * this connection, and the next one too.
 */
export function* batchesOf(records: readonly TokenRecord[]): Generator<readonly TokenRecord[], void> {
  let batch: TokenRecord[] = []
  let bytes = 0
  for (const record of records) {
    const size = byteLength(JSON.stringify(record)) + 1
    if (size > MAX_RECORD_BYTES) continue
    if (batch.length === MAX_BATCH || (batch.length > 0 && bytes + size > MAX_BATCH_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(record)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
