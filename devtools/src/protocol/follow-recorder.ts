import type { TokenRecord } from '../recorder/record'
import type { Recorder } from '../recorder/types'

export interface RecorderListener {
  /** All that is kept, in ascending order of `sequence`. Not told while an imported session is shown. */
  changed(records: readonly TokenRecord[]): void
  /** Nothing is kept any more. */
  cleared(): void
  commandsAllowed(allowed: boolean): void
}

/** Tells what a recorder has of its own, beginning with what is there. */
export function followRecorder(recorder: Recorder, listener: RecorderListener): () => void {
  let imported = false
  let before = 0
  // First, because a session is announced here before its records come.
  const status = recorder.status$.subscribe((status) => {
    imported = status.imported
    listener.commandsAllowed(status.allowCommands)
  })
  const records = recorder.records$.subscribe((records) => {
    if (imported) return
    if (records.length === 0 && before > 0) listener.cleared()
    before = records.length
    listener.changed(records)
  })
  return () => {
    records.unsubscribe()
    status.unsubscribe()
  }
}
