/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Chart, stateName } from '../model/chart'
import { layoutChart } from '../model/layout'
import type { Layout } from '../model/place-boxes'
import { ChartDrawing } from './chart-drawing'
import { ChartText } from './chart-text'
import { Icon, type IconName } from './icons'
import { measureText } from './measure-text'
import { fitted, moved, type Viewport, whole, zoomed } from './viewport'

interface ChartViewProps {
  readonly chart: Chart
  readonly active: ReadonlySet<number>
  readonly taken: ReadonlySet<number>
}

const STEP = 60

export function ChartView({ chart, active, taken }: ChartViewProps) {
  const place = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [layout, setLayout] = useState<Layout | null>(null)
  // In words: what is kept in view, whatever size the pane has.
  const [viewport, setViewport] = useState<Viewport | 'readable' | 'whole'>('readable')

  useEffect(() => {
    const box = place.current
    if (!box) return
    const observer = new ResizeObserver(() => setSize({ width: box.clientWidth, height: box.clientHeight }))
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  // In steps: a pane that is resized a little keeps the chart as it was.
  const aspect =
    size.width > 0 ? 2 ** (Math.round(2 * Math.log2(size.width / Math.max(size.height, 1))) / 2) : 0
  useEffect(() => {
    if (aspect === 0) return
    let left = false
    layoutChart(chart, aspect, measureText).then((found) => {
      if (!left) setLayout(found)
    })
    return () => {
      left = true
    }
  }, [chart, aspect])

  const focus = layout ? focusOf(layout, active) : null
  const first = layout && focus ? fitted(layout, size, focus) : { x: 0, y: 0, scale: 1 }
  const view =
    viewport === 'readable' ? first : viewport !== 'whole' ? viewport : layout ? whole(layout, size) : first
  const middle = { x: size.width / 2, y: size.height / 2 }
  const zoom = (factor: number, at = middle) => setViewport(zoomed(view, factor, at))

  useEffect(() => {
    const box = place.current
    if (!box) return
    const onWheel = (event: WheelEvent) => {
      // A plain wheel scrolls the page; with Ctrl, as a pinch has it, it zooms.
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const { left, top } = box.getBoundingClientRect()
      setViewport(
        zoomed(view, Math.exp(-event.deltaY / 200), { x: event.clientX - left, y: event.clientY - top }),
      )
    }
    box.addEventListener('wheel', onWheel, { passive: false })
    return () => box.removeEventListener('wheel', onWheel)
  })

  const keys: Record<string, () => void> = {
    ArrowLeft: () => setViewport(moved(view, STEP, 0)),
    ArrowRight: () => setViewport(moved(view, -STEP, 0)),
    ArrowUp: () => setViewport(moved(view, 0, STEP)),
    ArrowDown: () => setViewport(moved(view, 0, -STEP)),
    '+': () => zoom(1.2),
    '=': () => zoom(1.2),
    '-': () => zoom(1 / 1.2),
    '0': () => setViewport('whole'),
  }
  const now = [...active]
    .filter((index) => !chart.states[index]?.children.some((child) => active.has(child)))
    .map((index) => stateName(chart, index))

  return (
    <section class="chart" aria-label="Statechart">
      {/* biome-ignore lint/a11y/useSemanticElements: the chart is moved by keys, and no fieldset */}
      <div
        class="chart-place"
        data-magnified={view.scale > first.scale}
        ref={place}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be moved must be reachable by keyboard
        tabIndex={0}
        aria-label="Chart. Arrow keys move it, plus and minus zoom, zero shows all of it"
        onKeyDown={(event) => {
          const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
          if (!act) return
          event.preventDefault()
          act()
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          const box = event.currentTarget
          box.setPointerCapture(event.pointerId)
          const start = { x: event.clientX, y: event.clientY }
          box.onpointermove = (move) =>
            setViewport(moved(view, move.clientX - start.x, move.clientY - start.y))
          box.onpointerup = box.onpointercancel = () => {
            box.onpointermove = null
          }
        }}
      >
        {layout && (
          <ChartDrawing
            chart={chart}
            layout={layout}
            active={active}
            taken={taken}
            view={view}
            label={`${chart.name}: in ${now.join(' and ') || 'no state'}. ${chart.states.length - 1} states; listed below as text`}
          />
        )}
        {!layout && <p class="hint">Laying out…</p>}
      </div>
      {chart.cut && (
        <p class="chart-cut">Parts are left out: the definition is too big, or was cut off by its sender.</p>
      )}
      {/* Below the chart: upon it the buttons would hide a part of what they show. */}
      <div class="chart-foot">
        <div class="chart-tools">
          <Tool icon="minus" label="Zoom out" onClick={() => zoom(1 / 1.25)} />
          <Tool icon="plus" label="Zoom in" onClick={() => zoom(1.25)} />
          <Tool icon="fit" label="Show all of it" onClick={() => setViewport('whole')} />
        </div>
        <ChartText chart={chart} active={active} taken={taken} />
      </div>
    </section>
  )
}

function Tool({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" class="square" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  )
}

/** The middle of the innermost state that is active, else of the chart. */
function focusOf(layout: Layout, active: ReadonlySet<number>) {
  const box = layout.boxes.filter(({ state }) => active.has(state)).at(-1) ?? layout.boxes[0]
  return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : { x: 0, y: 0 }
}
