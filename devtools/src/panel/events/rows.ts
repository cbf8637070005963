/** px: every row of the list is as high. */
export const ROW = 28
/** Rows kept ready above and below what is in sight. A jump draws them all anew, and each has its price. */
const SPARE = 6
/** Above, while old records make room: as many may go between two drawings, and the list is to stay where it is. */
export const SPARE_FOR_ROOM = 16

/**
 * Which of `count` rows to put into the page, in ascending order. The active one is always there, or scrolling it
 * out of sight would lose the focus.
 */
export function rowsToShow(
  count: number,
  scrolled: number,
  height: number,
  active: number,
  above = SPARE,
): readonly number[] {
  const first = Math.max(0, Math.floor(scrolled / ROW) - above)
  const end = Math.min(count, Math.ceil((scrolled + height) / ROW) + SPARE)
  const inSight = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index)
  if (active < 0 || active >= count || (active >= first && active < end)) return inSight
  return active < first ? [active, ...inSight] : [...inSight, active]
}
