import type { TokenRecord } from '../recorder/record'
import { recordsAfter } from '../recorder/records-after'
import type { Recorder } from '../recorder/types'

export interface RecordFollower {
  /** Each record once, in order; what is kept already comes first. */
  tell(record: TokenRecord): void
  /** The recorder forgot what was told. */
  cleared?(): void
}

/**
 * Tells what happens here, and that once: `records$` is all that is kept, told anew for each change. An imported
 * session happened elsewhere, so a bridge has no business with it; what happens meanwhile is told afterwards.
 */
export function followRecords(recorder: Recorder, { tell, cleared }: RecordFollower): () => void {
  let imported = false
  let last = 0
  let forgotten = true
  // The status comes first, so that it is known when the records that go with it come.
  const subscription = recorder.status$.subscribe((status) => {
    imported = status.imported
  })
  subscription.add(
    recorder.records$.subscribe((records) => {
      if (imported) return
      if (records.length === 0 && !forgotten) {
        forgotten = true
        cleared?.()
      }
      // Asked again for each: what is told may make something happen, which is then told from within.
      for (const record of recordsAfter(records, last)) {
        if (record.sequence <= last) continue
        last = record.sequence
        forgotten = false
        tell(record)
      }
    }),
  )
  return () => subscription.unsubscribe()
}
