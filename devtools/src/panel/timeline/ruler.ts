import type { Actions } from '../actions'
import { h } from '../dom/h'
import { clamp } from '../model/clamp'
import { clockTime } from '../model/clock-time'
import { dateTime } from '../model/date-time'
import { countUntil } from '../model/past'
import { sentence } from '../model/words'
import type { UiState } from '../ui-state'
import { momentAt, step } from './moments'
import { ticksOf } from './range'
import type { TimelineModel } from './timeline-model'

/** px between two moments that are written out, at least. */
const APART = 96

/** The times, and the scrubber on them. */
export function ruler(model: TimelineModel, ui: UiState, act: Actions) {
  const { range, width, x, records, known, now, present } = model
  const last = known.at(-1)
  const place = clamp(x(now), 4, width - 4)
  const drag = (event: PointerEvent) => {
    const ruler = event.currentTarget as SVGElement
    // Not for a drag that began elsewhere.
    if (event.type === 'pointermove' && !ruler.hasPointerCapture(event.pointerId)) return
    if (event.type === 'pointerdown') ruler.setPointerCapture(event.pointerId)
    const share = (event.clientX - ruler.getBoundingClientRect().left) / width
    const at = range.from + clamp(share, 0, 1) * (range.to - range.from)
    act.look(at >= present ? null : momentAt(records, at))
  }
  return h(
    'svg',
    { class: 'ruler', width, height: 28, onpointerdown: drag, onpointermove: drag },
    ticksOf(range, width / APART).map((at) =>
      h(
        'g',
        { key: at },
        h('path', { class: 'tick', d: `M${x(at)} 20V28` }),
        h('text', { x: x(at) + 4, y: 26 }, tickText(at, range.to - range.from)),
      ),
    ),
    h(
      'g',
      {
        class: ui.moment ? 'scrubber past' : 'scrubber',
        transform: `translate(${place} 0)`,
        tabindex: 0,
        role: 'slider',
        'aria-label': 'Moment that is shown',
        'aria-valuemin': 0,
        'aria-valuemax': records.length,
        'aria-valuenow': ui.moment ? countUntil(records, ui.moment.sequence) : records.length,
        'aria-valuetext': ui.moment
          ? `${clockTime(now)}, ${last ? sentence(last) : 'before anything was recorded'}`
          : 'the present',
        onkeydown: (event: KeyboardEvent) => {
          const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[
            event.key
          ]
          if (!by && event.key !== 'Home' && event.key !== 'End') return
          event.preventDefault()
          act.look(event.key === 'End' ? null : step(records, ui.moment, by ?? Number.NEGATIVE_INFINITY))
        },
      },
      h('path', { d: 'M-5 2h10v12l-5 6-5-6z' }),
    ),
  )
}

const tickText = (at: number, span: number): string => {
  if (span > 2 * 86_400_000) return dateTime(at).split(' 20')[0] ?? ''
  return span > 3_600_000
    ? clockTime(at).slice(0, 5)
    : span > 8_000
      ? clockTime(at).slice(0, 8)
      : clockTime(at)
}
