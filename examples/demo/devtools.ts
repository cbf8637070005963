import {
  connectInspector,
  connectPerformanceTrack,
  connectReduxDevtools,
  createRecorder,
  mountPanel,
} from 'livekit-token-devtools'
import type { TokenStore } from 'livekit-token-store'
import { Subject } from 'rxjs'

/** The panel and what else there is to look with. An app does this in development alone; this page is for looking. */
export function mountDevtools(store: TokenStore, inspector: string | null): void {
  const recorder = createRecorder({ maxRecords: 2_000, allowCommands: true })
  recorder.attach(store)
  const moment$ = new Subject<number | null>()
  mountPanel(recorder, document.body, { tab: 'overview', moment$ })
  connectReduxDevtools(recorder, { onJump: (sequence) => moment$.next(sequence) })
  connectPerformanceTrack(recorder)
  if (inspector !== null) connectInspector(recorder, { url: inspector })
}
