const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** 09:05:12.042, where the viewer is. */
export const clockTime = (at: number): string => (isTime(at) ? CLOCK.format(at) : '–')

/** A calendar has an end, and to format a time beyond it throws. */
const isTime = (at: number) => !Number.isNaN(new Date(at).getTime())

export const dateTime = (at: number): string => (isTime(at) ? `${DATE.format(at)}, ${clockTime(at)}` : '–')

/** Two units at most, and no more digits than one reads. */
export function duration(ms: number): string {
  const size = Math.abs(ms)
  if (size < 1_000) return `${Math.round(size)} ms`
  if (size < 10_000) return `${(size / 1_000).toFixed(1)} s`
  return whole(Math.round(size / 1_000))
}

/** How long until then: whole seconds, the last one ends at 0. */
export const countdown = (ms: number): string => whole(Math.max(0, Math.ceil(ms / 1_000)))

/** How long since then, in whole seconds. */
export const wholeSeconds = (ms: number): string => whole(Math.max(0, Math.floor(ms / 1_000)))

export const relative = (ms: number): string => (ms < 0 ? `${duration(ms)} ago` : `in ${duration(ms)}`)

function whole(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'm'],
    [1, 's'],
  ] as const
  const first = units.findIndex(([size]) => seconds >= size)
  if (first < 0) return '0 s'
  const parts = units.slice(first, first + 2).map(([size, unit], index, { length }) => {
    const count =
      Math.floor(seconds / size) % (index === 0 ? Number.POSITIVE_INFINITY : units[first]![0] / size)
    return index < length && count > 0 ? `${count} ${unit}` : ''
  })
  return parts.filter(Boolean).join(' ')
}
