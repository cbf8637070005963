/** @jsxImportSource preact */
import type { Clock } from 'livekit-token-store'
import { useMemo, useState } from 'preact/hooks'
import { activeStates, valueLabel, valueParts } from '../model/active-states'
import type { Actor, Entry } from '../model/actor'
import { descendants, liveFirst } from '../model/family'
import { takenTransitions } from '../model/last-transition'
import { tintOf } from '../model/tint'
import { ChartView } from './chart-view'
import { EventList } from './event-list'
import { Icon } from './icons'
import { More, useMore } from './more'
import { saveJson } from './save-json'
import { statusText } from './status-text'
import { TimelineView } from './timeline-view'
import { ValueTree } from './value-tree'

interface MachinePaneProps {
  readonly actor: Actor
  /** All of its source. */
  readonly actors: readonly Actor[]
  readonly clock: Clock
  readonly fileName: string
  readonly onPick: (key: string) => void
  readonly onClear: () => void
}

const NOTHING: ReadonlySet<number> = new Set()
const FIRST_CHILDREN = 8

export function MachinePane({ actor, actors, clock, fileName, onPick, onClear }: MachinePaneProps) {
  // Null follows what happens; else a moment of the past is shown, and nothing else changes.
  const [chosen, choose] = useState<number | null>(null)
  const past = actor.entries.find(({ sequence }) => sequence === chosen)
  const shown: Entry | undefined = past ?? actor.entries.at(-1)
  const { chart } = actor
  const active = useMemo(() => (chart ? activeStates(chart, shown?.after) : NOTHING), [chart, shown])
  const taken = useMemo(() => {
    if (!chart || !shown || shown.type === '') return NOTHING
    return takenTransitions(chart, {
      before: activeStates(chart, shown.before),
      after: active,
      event: shown.type,
    })
  }, [chart, shown, active])
  const relatives = descendants(actors, actor.key)
  const parent = actors.find(({ key }) => key === actor.parent)
  const children = liveFirst(actors.filter(({ parent: of }) => of === actor.key))
  const more = useMore(children, FIRST_CHILDREN)
  const label = valueLabel(shown?.after)

  return (
    <article class="machine" aria-label={actor.name}>
      <header class="machine-head">
        <div class="machine-title">
          <h2>{actor.name}</h2>
          <span class="badge" data-status={actor.status}>
            {statusText(actor.status)}
          </span>
          <span class="kind">
            {chart ? 'machine' : 'actor without a machine'}, XState {actor.version}
          </span>
        </div>
        <p class="now">
          {valueParts(shown?.after).map((part) => (
            <span key={part} class="state" data-tint={tintOf(part)}>
              {part}
            </span>
          ))}
          {past && (
            <button type="button" class="past" onClick={() => choose(null)}>
              Past moment: back to now
            </button>
          )}
        </p>
        {(parent || children.length > 0) && (
          <ul class="relatives">
            {parent && <Relative label="Parent" actor={parent} onPick={onPick} />}
            {more.shown.map((child) => (
              <Relative key={child.key} label="Child" actor={child} onPick={onPick} />
            ))}
            {more.hidden > 0 && (
              <li>
                <More {...more} what="children" />
              </li>
            )}
          </ul>
        )}
        <div class="machine-tools">
          <button type="button" class="quiet" onClick={() => saveJson(fileName, actors)}>
            <Icon name="save" />
            Save JSON
          </button>
          <button type="button" class="quiet" onClick={onClear}>
            <Icon name="clear" />
            Clear
          </button>
        </div>
      </header>
      {chart && <ChartView chart={chart} active={active} taken={taken} />}
      <TimelineView
        actors={relatives}
        chosen={shown?.sequence ?? null}
        clock={clock}
        onChoose={(of, entry) => (of === actor.key ? choose(entry) : onPick(of))}
      />
      <div class="columns">
        <EventList
          entries={actor.entries}
          dropped={actor.dropped}
          chosen={shown?.sequence ?? null}
          following={past === undefined}
          onChoose={choose}
        />
        <section class="detail" aria-label="Details">
          <Detail entry={shown} />
        </section>
      </div>
      <p class="unseen" role="status">
        {past
          ? ''
          : `${actor.name}: ${[label, actor.status !== 'active' && statusText(actor.status)].filter(Boolean).join(', ') || actor.status}`}
      </p>
    </article>
  )
}

function Relative({ label, actor, onPick }: { label: string; actor: Actor; onPick: (key: string) => void }) {
  return (
    <li data-status={actor.status}>
      {label}{' '}
      <button type="button" class="link" onClick={() => onPick(actor.key)}>
        {actor.name}
      </button>
    </li>
  )
}

function Detail({ entry }: { entry: Entry | undefined }) {
  if (!entry) return <p class="hint">Nothing has happened yet.</p>
  return (
    <>
      {entry.type !== '' && (
        <>
          <h3>Event</h3>
          <ValueTree name={entry.type} value={entry.event} open />
        </>
      )}
      <h3>Snapshot</h3>
      {entry.snapshot === null ? (
        <p class="hint">No snapshot followed this event.</p>
      ) : (
        <ValueTree name="snapshot" value={entry.snapshot} open />
      )}
    </>
  )
}
