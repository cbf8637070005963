import type { TokenRecord } from '../../recorder/record'
import type { Actions } from '../actions'
import { clamp } from '../model/clamp'

/** Arrows, pages and ends move the focus, and what is inspected with it; Enter shows that moment everywhere. */
export function onListKey(
  event: KeyboardEvent,
  events: readonly TokenRecord[],
  act: Actions,
  page: number,
): void {
  // From the row that has the focus; -1 from the list itself.
  const active = Number((event.target as Element).getAttribute('aria-posinset')) - 1
  const there = {
    ArrowUp: active - 1,
    ArrowDown: active + 1,
    PageUp: active - page,
    PageDown: active + page,
    Home: 0,
    End: events.length,
    Enter: active,
    ' ': active,
  }[event.key]
  const record = there === undefined ? undefined : events[clamp(there, 0, events.length - 1)]
  if (!record) return
  event.preventDefault()
  if (event.key === 'Enter') act.look(record)
  act.select(record)
  act.focus('.row[tabindex="0"]')
}
