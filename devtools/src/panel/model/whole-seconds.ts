/** How long until then: whole seconds, the last one ends at 0. */
export const countdown = (ms: number): string => whole(Math.max(0, Math.ceil(ms / 1_000)))

/** How long since then, in whole seconds. */
export const wholeSeconds = (ms: number): string => whole(Math.max(0, Math.floor(ms / 1_000)))

/** At most two units. */
export function whole(seconds: number): string {
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
