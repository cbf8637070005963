import { createRecorder, type Recorder, type RecorderStatus, type TokenRecord } from 'livekit-token-devtools'
import { BehaviorSubject } from 'rxjs'
import { onTestFinished } from 'vitest'
import { type Scene, scene } from '../../behaviour/setup'
import { failure } from '../../helpers/fetcher'
import { canaries } from '../../helpers/printed'

export interface HandRecorder extends Recorder {
  /** Something happens. */
  push(...records: TokenRecord[]): void
  show(imported: readonly TokenRecord[]): void
  /** Who listens to it now. */
  readonly observed: boolean
}

/** A recorder whose records are told by hand. */
export function handRecorder(...first: TokenRecord[]): HandRecorder {
  const records$ = new BehaviorSubject<readonly TokenRecord[]>(first)
  const status$ = new BehaviorSubject<RecorderStatus>({
    paused: false,
    imported: false,
    dropped: 0,
    allowCommands: false,
    maxRecords: 500,
  })
  const real = createRecorder()
  let live = first
  const shown = (imported: boolean) => status$.next({ ...status$.value, imported })
  return {
    ...real,
    records$,
    status$,
    push(...records) {
      for (const record of records) {
        live = [...live, record]
        if (!status$.value.imported) records$.next(live)
      }
    },
    show(imported) {
      shown(true)
      records$.next(imported)
    },
    clear() {
      if (status$.value.imported) shown(false)
      else live = []
      records$.next(live)
    },
    get observed() {
      return records$.observed || status$.observed
    },
  }
}

/** Takes a bridge back after the test. */
export function untilTheEnd(disconnect: () => void): () => void {
  onTestFinished(disconnect)
  return disconnect
}

export interface CanaryStory {
  readonly recorder: Recorder
  readonly scene: Scene
  /** Everything that a token may live through: got, refreshed, refused, its end; an endpoint that repeats it. */
  live(): Promise<void>
  /** What must be nowhere. */
  readonly secrets: readonly string[]
}

/** A real store with a real recorder, whose tokens are watched. */
export function canaryStory(): CanaryStory {
  const at = scene()
  const recorder = createRecorder({ clock: at.clock })
  recorder.attach(at.store)
  const secrets: string[] = []
  return {
    recorder,
    scene: at,
    secrets,
    async live() {
      const { store, endpoint, clock } = at
      store.subscribe(() => {})
      const { participantToken } = await store.fetch({ roomName: 'A' })
      secrets.push(...canaries(participantToken))
      const echo = `401: invalid token: ${participantToken}`
      endpoint.next(failure(503, { message: echo }), failure(undefined, { message: echo }))
      await clock.advance(495_000)
      const second = await store.fetch({ roomName: 'A' })
      secrets.push(...canaries(second.participantToken))
      // A request and a room that are called by the token.
      endpoint.next(failure(403, { message: echo }))
      await store.fetch({ roomName: participantToken, participantMetadata: participantToken }).catch(() => {})
      store.invalidate()
      await clock.advance(1_000)
      store.dispose()
    },
  }
}
