import { clockTime, isTime } from './clock-time'

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** 24 Nov 2026, 09:05:12.042, where the viewer is. */
export const dateTime = (at: number): string => (isTime(at) ? `${DATE.format(at)}, ${clockTime(at)}` : '–')
