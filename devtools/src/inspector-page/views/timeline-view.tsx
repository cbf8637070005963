/** @jsxImportSource preact */
import type { Clock } from 'livekit-token-store'
import { useEffect, useReducer } from 'preact/hooks'
import type { Actor } from '../model/actor'
import { eventLabel } from '../model/event-label'
import { liveFirst } from '../model/family'
import { spanText, timeText } from '../model/format'
import { coarse, thinned, timelineOf } from '../model/timeline'
import { tintOf } from '../model/tint'
import { More, useMore } from './more'

interface TimelineViewProps {
  /** The actor, and all below it. */
  readonly actors: readonly Actor[]
  readonly chosen: number | null
  readonly clock: Clock
  readonly onChoose: (actor: string, sequence: number) => void
}

const FIRST_LANES = 6
/** A shorter stretch has no room for its name; the pointer is told it. */
const LEAST_SHARE = 0.05
const TICK_EVERY_MS = 1_000

/** A lane an actor: its states as stretches, its events as marks. The list below has the same, for the keyboard. */
export function TimelineView({ actors, chosen, clock, onChoose }: TimelineViewProps) {
  const [, tick] = useReducer((count: number) => count + 1, 0)
  const [own, ...below] = actors
  const more = useMore(own ? [own, ...liveFirst(below)] : [], FIRST_LANES)
  const lanes = more.shown
  const live = lanes.some(({ status }) => status === 'active')
  useEffect(() => {
    if (!live) return
    let timer: unknown
    const again = () => {
      tick(undefined)
      timer = clock.setTimeout(again, TICK_EVERY_MS)
    }
    timer = clock.setTimeout(again, TICK_EVERY_MS)
    return () => clock.clearTimeout(timer)
  }, [live, clock])

  const { from, to, lanes: shown } = timelineOf(lanes, clock.now())
  const place = (at: number) => `${(Math.min(Math.max((at - from) / (to - from), 0), 1) * 100).toFixed(3)}%`
  const share = (ms: number) => `${((ms / (to - from)) * 100).toFixed(3)}%`

  return (
    <section class="timeline" aria-label="Timeline">
      <ul>
        {shown.map(({ actor, segments, ticks }) => (
          <li key={actor.key} class="lane">
            <span class="lane-name">{actor.name}</span>
            <svg
              class="lane-track"
              height="22"
              width="100%"
              role="img"
              aria-label={`${actor.name}: ${segments
                .slice(-12)
                .map(({ label, from: start, to: end }) => `${label} for ${spanText(end - start)}`)
                .join(', ')}`}
            >
              {coarse(segments, { from, to }).map((segment) => (
                <g key={`${segment.from} ${segment.label}`} data-tint={tintOf(segment.label)}>
                  <title>{`${segment.label}, ${spanText(segment.to - segment.from)}`}</title>
                  {/* biome-ignore lint/a11y/noSvgWithoutTitle: the group around it has one */}
                  <svg x={place(segment.from)} y="2" width={share(segment.to - segment.from)} height="18">
                    <rect class="segment" width="100%" height="18" rx="4" />
                    {(segment.to - segment.from) / (to - from) > LEAST_SHARE && (
                      <text class="segment-text" x="8" y="13">
                        {segment.label}
                      </text>
                    )}
                  </svg>
                </g>
              ))}
              {[...thinned(ticks, { from, to }, chosen)].map(([slot, { entry, at }]) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: for the pointer alone; the event list has the keys
                <svg
                  key={slot}
                  class="tick-place"
                  x={place(at)}
                  y="0"
                  onClick={() => onChoose(actor.key, entry.sequence)}
                >
                  <title>{`${eventLabel(entry.type)}, ${timeText(at)}`}</title>
                  <rect class="tick-reach" x="-4" y="0" width="8" height="22" />
                  <rect
                    class="tick"
                    data-chosen={entry.sequence === chosen}
                    x="-1"
                    y="0"
                    width="2"
                    height="22"
                  />
                </svg>
              ))}
            </svg>
          </li>
        ))}
      </ul>
      <p class="axis">
        <span>{timeText(from)}</span>
        {more.hidden > 0 && <More {...more} what="actors" />}
        <span>{spanText(to - from)}</span>
      </p>
    </section>
  )
}
