import type { Zoom } from '../ui-state'
import type { TimelineModel } from './timeline-model'

interface Moves {
  readonly pan: (ms: number) => void
  readonly zoom: (factor: number, share: number) => void
  /** null for all there is. */
  readonly show: (zoom: Zoom | null) => void
}

export function plotKeys({ records, range, present }: TimelineModel, { pan, zoom, show }: Moves) {
  const span = range.to - range.from
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => pan(-span / 10),
    ArrowRight: () => pan(span / 10),
    '+': () => zoom(1 / 1.5, 0.5),
    '=': () => zoom(1 / 1.5, 0.5),
    '-': () => zoom(1.5, 0.5),
    '0': () => show(null),
    Home: () => pan((records[0]?.at ?? present) - range.from - span / 50),
    End: () => show({ span, end: null }),
  }
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return
    event.preventDefault()
    keys[event.key]?.()
  }
}
