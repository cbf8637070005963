import { abortReason } from '../abort-reason'

/**
 * The work's outcome, or `signal.reason` as soon as the signal is aborted, whether or not the work itself can be
 * stopped. A signal aborted beforehand starts nothing.
 */
export function abortable<T>(work: () => T | PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) return reject(abortReason(signal))
    const stop = () => reject(abortReason(signal))
    signal.addEventListener('abort', stop, { once: true })
    const settled = () => signal.removeEventListener('abort', stop)
    new Promise<T>((start) => start(work())).then(resolve, reject).finally(settled)
  })
}
