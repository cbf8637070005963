import { keyOf, type TokenRecord } from '../../recorder/record'
import type { Actions } from '../actions'
import { FOLLOWING, type UiState } from '../ui-state'
import { plotKeys } from './plot-keys'
import { panned, zoomed } from './range'
import type { TimelineModel } from './timeline-model'
import { LANE } from './timeline-paths'

/** px that a press may wander and still be a click. */
const STILL = 4

/** Drag, wheel and keys over the lanes. */
export function plotEvents(model: TimelineModel, ui: UiState, act: Actions) {
  const { records, tracks, range, width } = model
  const perPx = (range.to - range.from) / width
  const pan = (ms: number) => act.set({ zoom: panned(range, ms), hover: null })
  const zoom = (factor: number, share: number) => act.set({ zoom: zoomed(ui.zoom, range, factor, share) })
  /** The lane and the moment under the pointer: of the plot, whatever is drawn there. */
  const under = (event: MouseEvent) => {
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect()
    const x = event.clientX - left
    return { x, at: range.from + x * perPx, key: tracks[Math.floor((event.clientY - top) / LANE)]?.key }
  }
  return {
    onkeydown: plotKeys(model, { pan, zoom, show: (to) => act.set({ zoom: to ?? FOLLOWING }) }),
    onwheel(event: WheelEvent) {
      const along = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX
      if (!event.ctrlKey && !along) return
      event.preventDefault()
      if (event.ctrlKey) zoom(Math.exp(event.deltaY / 200), under(event).x / width)
      else pan(along * perPx)
    },
    onpointerdown(event: PointerEvent) {
      if (event.button !== 0) return
      const plot = event.currentTarget as Element
      const [start, { key, at }] = [event.clientX, under(event)]
      const end = new AbortController()
      const on = (type: string, heard: (event: PointerEvent) => void) =>
        plot.addEventListener(type, heard as EventListener, { signal: end.signal })
      let moved = false
      plot.setPointerCapture(event.pointerId)
      on('pointermove', ({ clientX }) => {
        moved ||= Math.abs(clientX - start) > STILL
        if (moved) pan((start - clientX) * perPx)
      })
      on('pointerup', () => {
        end.abort()
        const record = moved ? undefined : nearest(records, key, at)
        if (record) act.show(record)
      })
      on('pointercancel', () => end.abort())
    },
    onpointermove(event: PointerEvent) {
      const { key, at } = under(event)
      if (!key || event.buttons !== 0) return
      const { left, top } = (event.currentTarget as Element).closest('.panel')!.getBoundingClientRect()
      act.set({ hover: { key, at, x: event.clientX - left, y: event.clientY - top } })
    },
    onpointerleave: () => act.set({ hover: null }),
  }
}

function nearest(
  records: readonly TokenRecord[],
  key: string | undefined,
  at: number,
): TokenRecord | undefined {
  let best: TokenRecord | undefined
  for (const record of records) {
    if (keyOf(record) !== key) continue
    if (!best || Math.abs(record.at - at) <= Math.abs(best.at - at)) best = record
  }
  return best
}
