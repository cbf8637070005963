import type { TokenStore } from 'livekit-token-store'
import { BehaviorSubject, combineLatest, distinctUntilChanged, map, shareReplay } from 'rxjs'
import { monotonicNow } from '../clock'
import { Attachment, type Unstamped } from './attachment'
import { COMMAND_NAMES, type CommandName, isCommandName } from './commands'
import { insideOf } from './inside-store'
import { Log } from './log'
import { withNews } from './news'
import { checkedRecorderOptions } from './recorder-options'
import { readSession, writeSession } from './session-file'
import { StoreIds } from './store-ids'
import type { Recorder, RecorderOptions } from './types'

/**
 * Watches any number of stores and keeps what happened, without a secret in it. It needs no DOM, sets no timer, and
 * what it hears it stamps at once.
 *
 * @throws TypeError that quotes the option which is wrong.
 */
export function createRecorder(options?: RecorderOptions): Recorder {
  const { maxRecords, maxBytes, allowCommands, clock } = checkedRecorderOptions(options)
  const log = new Log(maxRecords, maxBytes)
  const ids = new StoreIds()
  const attachments = new Map<TokenStore, Attachment>()
  /** Of stores that were disposed of in a pause. */
  const endedUntold = new Set<Attachment>()
  const paused$ = new BehaviorSubject(false)
  let sequence = 0

  const keep = (storeId: string, unstamped: Unstamped): boolean => {
    // What devtools ordered is to be seen in any case.
    if (paused$.value && unstamped.type !== 'command') return false
    sequence += 1
    const { at, ...rest } = unstamped
    log.push({ at, mono: monotonicNow(), sequence, storeId, ...rest })
    return true
  }

  const detach = (store: TokenStore) => {
    const attachment = attachments.get(store)
    attachments.delete(store)
    attachment?.stop()
  }

  const attach = (store: TokenStore) => {
    insideOf(store)
    const storeId = ids.of(store)
    if (!attachments.has(store)) {
      const record = (unstamped: Unstamped) => keep(storeId, unstamped)
      const attachment = new Attachment(store, {
        now: () => clock.now(),
        record,
        onEnd: () => {
          attachments.delete(store)
          if (paused$.value) endedUntold.add(attachment)
        },
      })
      attachments.set(store, attachment)
      attachment.start()
    }
    const mine = attachments.get(store)
    // One that was attached anew since is not this one's to end.
    return () => {
      if (attachments.get(store) === mine) detach(store)
    }
  }

  const resume = () => {
    if (!paused$.value) return
    paused$.next(false)
    const all = [...endedUntold, ...attachments.values()]
    endedUntold.clear()
    for (const attachment of all) attachment.catchUp()
  }

  const command = (lifecycle: string, name: CommandName) => {
    if (!allowCommands) throw new Error('Commands are off: create the recorder with "allowCommands": true.')
    if (log.imported$.value) throw new Error('An imported session has no store to command: clear it first.')
    if (!isCommandName(name)) throw new TypeError(`"name" must be a command: ${COMMAND_NAMES.join(', ')}`)
    const meant = [...attachments].flatMap(([store, attachment]) => {
      const ordinal = ids.ordinalIn(store, lifecycle)
      return ordinal !== null && attachment.has(ordinal) ? [{ attachment, ordinal }] : []
    })
    const [found, ...more] = meant
    if (!found) throw new TypeError('"lifecycle" must name a lifecycle that is alive in an attached store')
    if (more.length > 0)
      throw new TypeError('"lifecycle" must be "<storeId>/<lifecycle>": stores share that ordinal')
    found.attachment.command(found.ordinal, name)
  }

  const recorder: Recorder = {
    attach,
    detach,
    command,
    pause: () => paused$.next(true),
    resume,
    clear: () => log.clear(),
    records$: log.records$,
    status$: combineLatest([paused$, log.imported$, log.dropped$]).pipe(
      map(([paused, imported, dropped]) => ({
        paused,
        imported: imported !== null,
        dropped,
        allowCommands,
        maxRecords,
      })),
      distinctUntilChanged(
        (a, b) => a.paused === b.paused && a.imported === b.imported && a.dropped === b.dropped,
      ),
      shareReplay({ bufferSize: 1, refCount: true }),
    ),
    export: () => writeSession(log.records),
    import: (text) => log.show(readSession(text)),
  }
  return withNews(recorder, log.changes$)
}
