import type { Actions } from '../actions'
import { h } from '../dom/h'
import { clamp } from '../model/clamp'
import type { PanelPosition } from '../panel-options'
import { sizeOf, type UiState } from '../ui-state'

export const LEAST = { bottom: 200, right: 320 }
const STEP = 24

/** What the panel is made higher, or wider, by. */
export function gripView(ui: UiState, act: Actions, place: PanelPosition) {
  const size = sizeOf(ui)
  const most = (element: Element) => {
    const view = element.ownerDocument.defaultView!
    return place === 'bottom' ? view.innerHeight - 40 : view.innerWidth
  }
  const resize = (event: Event, px: number) =>
    act.set({ size: Math.round(clamp(px, LEAST[place], most(event.currentTarget as Element))) })
  return h('div', {
    class: 'grip',
    role: 'separator',
    tabindex: 0,
    'aria-label': 'Size of the panel',
    'aria-orientation': place === 'bottom' ? 'horizontal' : 'vertical',
    'aria-valuemin': LEAST[place],
    'aria-valuemax': 2_000,
    'aria-valuenow': size,
    'aria-valuetext': `${size} pixels`,
    onkeydown: (event: KeyboardEvent) => {
      const by = { ArrowUp: STEP, ArrowLeft: STEP, ArrowDown: -STEP, ArrowRight: -STEP }[event.key]
      const to = by ? size + by : { Home: 0, End: 2_000 }[event.key]
      if (to === undefined) return
      event.preventDefault()
      resize(event, to)
    },
    onpointerdown: (event: PointerEvent) =>
      (event.currentTarget as Element).setPointerCapture(event.pointerId),
    onpointermove: (event: PointerEvent) => {
      if (!(event.currentTarget as Element).hasPointerCapture(event.pointerId)) return
      const view = (event.currentTarget as Element).ownerDocument.defaultView!
      resize(event, place === 'bottom' ? view.innerHeight - event.clientY : view.innerWidth - event.clientX)
    },
  })
}
