const TIME = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** The time of day, with milliseconds. */
export const timeText = (at: number): string =>
  // A calendar has an end, and to format a time beyond it throws.
  Number.isNaN(new Date(at).getTime()) ? '–' : TIME.format(at)

/** A length of time: 20 ms, 1.5 s, 3 min. */
export function spanText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(1))} s`
  if (ms < 3_600_000) return `${Number((ms / 60_000).toFixed(1))} min`
  return `${Number((ms / 3_600_000).toFixed(1))} h`
}
