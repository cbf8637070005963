import { BehaviorSubject, combineLatest, map } from 'rxjs'
import type { CommandName } from '../recorder/commands'
import { Log } from '../recorder/log'
import { withNews } from '../recorder/news'
import type { TokenRecord } from '../recorder/record'
import { readSession, writeSession } from '../recorder/session-file'
import type { Recorder } from '../recorder/types'

/** A page shows more than one app's recorder keeps: what that one dropped may still be here. */
export const MAX_RECORDS = 5_000
const MAX_BYTES = 10_000_000

/** The recorder of an app elsewhere, as a panel wants it; its stores are not here, and cannot be attached. */
export interface RemoteRecorder extends Recorder {
  /** A record arrived. What comes while it is paused is not kept. */
  take(record: TokenRecord): void
  /** The app forgot its records up to now. */
  forget(): void
  /** Whether the app lets itself be commanded, now. */
  allow(commands: boolean): void
}

/** `send` gives a command to the app; it is asked only while commands are allowed. */
export function createRemoteRecorder(send: (lifecycle: string, name: CommandName) => void): RemoteRecorder {
  const log = new Log(MAX_RECORDS, MAX_BYTES)
  const paused$ = new BehaviorSubject(false)
  const allow$ = new BehaviorSubject(false)
  const elsewhere = () => {
    throw new Error('Attach a store where it is: connectInspector sends its records here')
  }
  const recorder: RemoteRecorder = {
    attach: elsewhere,
    detach: elsewhere,
    take: (record) => {
      if (!paused$.value) log.push(record)
    },
    forget() {
      const imported = log.imported$.value
      // `clear` takes an imported session away first, and this one is to stay.
      if (imported) log.clear()
      log.clear()
      if (imported) log.show(imported)
    },
    allow: (commands) => {
      if (commands !== allow$.value) allow$.next(commands)
    },
    pause: () => paused$.next(true),
    resume: () => paused$.next(false),
    clear: () => log.clear(),
    records$: log.records$,
    status$: combineLatest([paused$, log.imported$, log.dropped$, allow$]).pipe(
      map(([paused, imported, dropped, allowCommands]) => ({
        paused,
        imported: imported !== null,
        dropped,
        allowCommands: allowCommands && imported === null,
        maxRecords: MAX_RECORDS,
      })),
    ),
    export: () => writeSession(log.records),
    import: (text) => log.show(readSession(text)),
    command(lifecycle, name) {
      if (!allow$.value) throw new Error('Commands are off: the app must allow them in connectInspector')
      if (log.imported$.value) throw new Error('An imported session has no store to command: clear it first')
      send(lifecycle, name)
    },
  }
  return withNews(recorder, log.changes$)
}
