import { whole } from './whole-seconds'

/** Two units at most, and no more digits than one reads. */
export function duration(ms: number): string {
  const size = Math.abs(ms)
  if (size < 1_000) return `${Math.round(size)} ms`
  if (size < 10_000) return `${(size / 1_000).toFixed(1)} s`
  return whole(Math.round(size / 1_000))
}

export const relative = (ms: number): string => (ms < 0 ? `${duration(ms)} ago` : `in ${duration(ms)}`)
