import type { Recorder } from './types'

/** @throws TypeError when it is none. */
export function checkRecorder(recorder: Recorder): void {
  const isRecorder = [recorder?.records$, recorder?.status$].every(
    (stream$) => typeof stream$?.subscribe === 'function',
  )
  if (!isRecorder) throw new TypeError('"recorder" must be what createRecorder returned')
}
