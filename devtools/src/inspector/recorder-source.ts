import { followRecorder } from '../protocol/follow-recorder'
import { recordsAfter } from '../recorder/records-after'
import type { Recorder } from '../recorder/types'
import type { Sources } from './sources'
import { TokenSource } from './token-source'

/** Shows a recorder of this process as a source, until the returned function is called. */
export function showRecorder(recorder: Recorder, sources: Sources): () => void {
  const tokens = new TokenSource(sources, null)
  return followRecorder(recorder, {
    commandsAllowed: (allowed) =>
      tokens.source.enter(
        allowed
          ? async (lifecycle, name) => {
              recorder.command(lifecycle, name)
              return true
            }
          : null,
      ),
    cleared: () => tokens.clear(),
    changed: (records) => tokens.add(recordsAfter(records, tokens.last)),
  })
}
