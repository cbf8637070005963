/** @jsxImportSource preact */
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks'
import { stepParts, valueLabel } from '../model/active-states'
import type { Entry } from '../model/actor'
import { eventLabel } from '../model/event-label'
import { timeText } from '../model/format'
import { searched } from '../model/search'
import { tintOf } from '../model/tint'
import { listKey } from './list-keys'

interface EventListProps {
  readonly entries: readonly Entry[]
  readonly dropped: number
  /** By its sequence number. */
  readonly chosen: number | null
  /** Whether the newest is shown, and what comes after it will be. */
  readonly following: boolean
  readonly onChoose: (sequence: number | null) => void
}

/** px; the stylesheet has the same. */
const ROW = 30
const SPARE_ROWS = 8

/** Only the rows in view are in the document: a machine's life is thousands of them. */
export function EventList({ entries, dropped, chosen, following, onChoose }: EventListProps) {
  const [search, setSearch] = useState('')
  const [view, setView] = useState({ top: 0, height: 400 })
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const found = useMemo(() => searched(entries, search), [entries, search])
  const at = found.findIndex(({ sequence }) => sequence === chosen)
  const optionId = (entry: Entry) => `${id}-${entry.sequence}`

  useEffect(() => {
    const box = list.current
    if (!box) return
    const observer = new ResizeObserver(() => setView({ top: box.scrollTop, height: box.clientHeight }))
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    const box = list.current
    if (!box || at < 0) return
    if (at * ROW < box.scrollTop) box.scrollTop = at * ROW
    else if ((at + 1) * ROW > box.scrollTop + box.clientHeight) {
      box.scrollTop = (at + 1) * ROW - box.clientHeight
    }
  }, [at, chosen])

  const choose = (index: number) => {
    const entry = found[index]
    if (entry) onChoose(entry === entries.at(-1) ? null : entry.sequence)
  }
  const first = Math.max(0, Math.floor(view.top / ROW) - SPARE_ROWS)
  const last = Math.ceil((view.top + view.height) / ROW) + SPARE_ROWS
  const active = found[at]

  return (
    <section class="events" aria-label="Events">
      <div class="events-head">
        <h3>Events</h3>
        <span class="count">
          {search ? `${found.length} of ${entries.length}` : entries.length}
          {dropped > 0 && `, ${dropped} older dropped`}
        </span>
        <input
          type="search"
          placeholder="Search"
          aria-label="Search the events"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <div
        class="event-list"
        ref={list}
        role="listbox"
        aria-label={following ? 'Events, following' : 'Events'}
        tabIndex={0}
        aria-activedescendant={active ? optionId(active) : undefined}
        onScroll={({ currentTarget: box }) => setView({ top: box.scrollTop, height: box.clientHeight })}
        onKeyDown={(event) => {
          const next = event.key === 'Escape' ? entries.length - 1 : listKey(event.key, at, found.length)
          if (next < 0) return
          event.preventDefault()
          if (event.key === 'Escape') onChoose(null)
          else choose(next)
        }}
      >
        <div class="event-room" role="presentation" style={{ height: `${found.length * ROW}px` }}>
          {found.map((entry, index) =>
            (index < first || index > last) && index !== at ? null : (
              <Row
                key={entry.sequence}
                id={optionId(entry)}
                entry={entry}
                top={index * ROW}
                position={index + 1}
                of={found.length}
                selected={index === at}
                onChoose={() => choose(index)}
              />
            ),
          )}
        </div>
        {found.length === 0 && (
          <p class="hint" role="presentation">
            {entries.length === 0 ? 'No events yet.' : 'No event has that in it.'}
          </p>
        )}
      </div>
    </section>
  )
}

interface RowProps {
  readonly id: string
  readonly entry: Entry
  readonly top: number
  readonly position: number
  readonly of: number
  readonly selected: boolean
  readonly onChoose: () => void
}

function Row({ id, entry, top, position, of, selected, onChoose }: RowProps) {
  const { left, entered } = stepParts(entry.before, entry.after)
  const changed = left !== '' || entered !== ''
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus, and says which option is active
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the listbox's
    <div
      id={id}
      class="event"
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={of}
      style={{ top: `${top}px` }}
      onClick={onChoose}
    >
      <time>{timeText(entry.at)}</time>
      <span class="event-type">{entry.type === '' ? 'found' : eventLabel(entry.type)}</span>
      <span class="event-states">
        {changed ? (
          <>
            {left && `${left} → `}
            <span class="state-word" data-tint={tintOf(entered)}>
              {entered}
            </span>
          </>
        ) : (
          valueLabel(entry.after)
        )}
        {entry.source && <small> from {entry.source}</small>}
      </span>
    </div>
  )
}
