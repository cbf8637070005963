import { createRecorder, type Recorder, type RecorderOptions, type TokenRecord } from 'livekit-token-devtools'
import { type Scene, scene } from '../../behaviour/setup'

export interface RecordedScene extends Scene {
  readonly recorder: Recorder
  /** What is shown now. */
  records(): readonly TokenRecord[]
}

/** A recorder that was attached to a store before anything happened. */
export function recorded(
  options: RecorderOptions = {},
  storeOptions: Parameters<typeof scene>[0] = {},
): RecordedScene {
  const at = scene(storeOptions)
  const recorder = createRecorder(options)
  recorder.attach(at.store)
  return { ...at, recorder, records: () => present(recorder) }
}

/** The value that a stream has at once. */
export function present(recorder: Recorder): readonly TokenRecord[] {
  let records: readonly TokenRecord[] | undefined
  recorder.records$.subscribe((value) => (records = value)).unsubscribe()
  if (!records) throw new Error('records$ told no present value.')
  return records
}

/** `idle → fetching`, and other types by their name. */
export const told = (records: readonly TokenRecord[]): string[] =>
  records.map(({ type, from, to }) => (type === 'state' ? `${from} → ${to}` : type))
