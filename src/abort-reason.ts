/** Why a signal was aborted. The signals of React Native up to 0.86 do not say: then what the standard says by default. */
export const abortReason = (signal: AbortSignal): unknown =>
  signal.reason === undefined
    ? Object.assign(new Error('This operation was aborted.'), { name: 'AbortError' })
    : signal.reason
