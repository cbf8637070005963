import type { CommandName, Recorder, RecorderStatus, TokenRecord } from 'livekit-token-devtools'
import { BehaviorSubject } from 'rxjs'

/** A recorder whose records are what the test says, and that notes its commands. */
export interface FakeRecorder extends Recorder {
  show(records: readonly TokenRecord[]): void
  showImported(records: readonly TokenRecord[]): void
  readonly commands: [string, CommandName][]
}

export function fakeRecorder(allowCommands = false): FakeRecorder {
  const records$ = new BehaviorSubject<readonly TokenRecord[]>([])
  const status$ = new BehaviorSubject<RecorderStatus>({
    paused: false,
    imported: false,
    dropped: 0,
    allowCommands,
    maxRecords: 500,
  })
  const commands: [string, CommandName][] = []
  const unused = () => {
    throw new Error('A connection has no business here.')
  }
  return {
    records$,
    status$,
    commands,
    show(records) {
      status$.next({ ...status$.value, imported: false })
      records$.next(records)
    },
    showImported(records) {
      status$.next({ ...status$.value, imported: true })
      records$.next(records)
    },
    command(lifecycle, name) {
      if (!allowCommands) throw new Error('Commands are off.')
      if (lifecycle !== 'store-1/1') throw new TypeError('There is no such lifecycle.')
      commands.push([lifecycle, name])
    },
    attach: unused,
    detach: unused,
    pause: unused,
    resume: unused,
    clear: unused,
    export: unused,
    import: unused,
  }
}
