const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** 09:05:12.042, where the viewer is. */
export const clockTime = (at: number): string => (isTime(at) ? CLOCK.format(at) : '–')

/** A calendar has an end, and to format a time beyond it throws. */
export const isTime = (at: number): boolean => !Number.isNaN(new Date(at).getTime())
