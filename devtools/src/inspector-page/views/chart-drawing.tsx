/** @jsxImportSource preact */
import { useId } from 'preact/hooks'
import type { Line } from '../model/box-lines'
import type { Chart } from '../model/chart'
import { LINE_HEIGHT, NAME_HEIGHT, PADDING } from '../model/layout'
import type { Arrow, Box, Layout, Start } from '../model/place-boxes'
import { roundedPath } from './rounded-path'
import type { Viewport } from './viewport'

interface ChartDrawingProps {
  readonly chart: Chart
  readonly layout: Layout
  readonly active: ReadonlySet<number>
  readonly taken: ReadonlySet<number>
  readonly view: Viewport
  readonly label: string
}

export function ChartDrawing({ chart, layout, active, taken, view, label }: ChartDrawingProps) {
  const tip = useId()
  const isTaken = (lines: readonly Line[]) =>
    lines.some(({ transition }) => transition !== null && taken.has(transition))
  const holds = (box: Box) => (chart.states[box.state]?.children.length ?? 0) > 0
  const about = (box: Box) => ({ box, chart, active: active.has(box.state), taken })
  // What was taken last is drawn above the others.
  const arrows = [...layout.arrows].sort((a, b) => Number(takes(a)) - Number(takes(b)))
  function takes({ source, target }: Arrow): boolean {
    return [...taken].some((index) => {
      const transition = chart.transitions[index]
      return transition?.source === source && transition.targets[0] === target
    })
  }
  return (
    <svg class="drawing" width="100%" height="100%" role="img" aria-label={label}>
      <defs>
        {['tip', 'tip-taken'].map((kind) => (
          <marker
            key={kind}
            id={`${tip}-${kind}`}
            class={kind}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0.5L7.5 4L0 7.5z" />
          </marker>
        ))}
      </defs>
      <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
        {/* What has states in it lies below the arrows, and all that has a word upon it above them. */}
        {layout.boxes.filter(holds).map((box) => (
          <StateFrame key={box.state} {...about(box)} />
        ))}
        {layout.starts.map((start) => (
          <StartDot key={start.state} start={start} tip={`${tip}-tip`} />
        ))}
        {arrows.map((arrow) => {
          const last = takes(arrow) || isTaken(arrow.lines)
          return (
            <g key={`${arrow.source} ${arrow.target}`} class="arrow" data-taken={last}>
              <path
                d={arrow.pieces.map(roundedPath).join('')}
                marker-end={`url(#${tip}-${last ? 'tip-taken' : 'tip'})`}
              />
            </g>
          )
        })}
        {arrows.map((arrow) => (
          <ArrowLabel
            key={`${arrow.source} ${arrow.target}`}
            arrow={arrow}
            taken={taken}
            last={takes(arrow)}
          />
        ))}
        {layout.boxes.map((box) =>
          holds(box) ? (
            <StateHead key={box.state} {...about(box)} />
          ) : (
            <StateBox key={box.state} {...about(box)} />
          ),
        )}
      </g>
    </svg>
  )
}

interface StateBoxProps {
  readonly box: Box
  readonly chart: Chart
  readonly active: boolean
  readonly taken: ReadonlySet<number>
}

/** What a state with states in it stands on. */
function StateFrame({ box, chart, active }: StateBoxProps) {
  const { state, x, y, width, height } = box
  return (
    <g class="box" data-kind={chart.states[state]?.kind} data-active={active} data-root={state === 0}>
      <rect class="box-edge" x={x} y={y} width={width} height={height} rx="10" />
    </g>
  )
}

/** Its name and lines, upon a plate: what passes below is cut off there, as at any other state. */
function StateHead(props: StateBoxProps) {
  const { state, x, y, head, text } = props.box
  return (
    <g class="box-head" data-active={props.active} data-root={state === 0}>
      <rect class="box-plate" x={x + PADDING - 6} y={y + 6} width={text + 12} height={head - 8} rx="6" />
      <StateText {...props} />
    </g>
  )
}

function StateBox(props: StateBoxProps) {
  const { state, x, y, width, height } = props.box
  const kind = props.chart.states[state]?.kind ?? 'atomic'
  return (
    <g class="box" data-kind={kind} data-active={props.active} data-root={state === 0}>
      <rect class="box-edge" x={x} y={y} width={width} height={height} rx="10" />
      {kind === 'final' && (
        <rect class="box-inner" x={x + 3} y={y + 3} width={width - 6} height={height - 6} rx="7" />
      )}
      <StateText {...props} />
    </g>
  )
}

function StateText({ box, chart, active, taken }: StateBoxProps) {
  const { state, x, y, width, name, lines } = box
  return (
    <>
      <text class="box-name" x={x + PADDING} y={y + NAME_HEIGHT / 2 + 4.5}>
        {chart.states[state]?.kind === 'history' ? `H ${name}` : name}
      </text>
      {active && state !== 0 && (
        <circle class="box-lamp" cx={x + width - 12} cy={y + NAME_HEIGHT / 2} r="3.5" />
      )}
      {lines.map((line, index) => (
        <text
          key={`${index} ${line.text}`}
          class="box-line"
          data-taken={line.transition !== null && taken.has(line.transition)}
          x={x + PADDING}
          y={y + NAME_HEIGHT + index * LINE_HEIGHT + 10}
        >
          {line.text}
        </text>
      ))}
    </>
  )
}

function StartDot({ start, tip }: { start: Start; tip: string }) {
  return (
    <g class="start">
      <circle cx={start.dot.x} cy={start.dot.y} r="4" />
      <path d={roundedPath(start.points)} marker-end={`url(#${tip})`} />
    </g>
  )
}

interface ArrowLabelProps {
  readonly arrow: Arrow
  readonly taken: ReadonlySet<number>
  readonly last: boolean
}

function ArrowLabel({ arrow, taken, last }: ArrowLabelProps) {
  const top = arrow.label.y - (arrow.lines.length * LINE_HEIGHT) / 2
  return (
    <g class="arrow-label" data-taken={last}>
      <rect
        x={arrow.label.x - arrow.labelWidth / 2}
        y={top}
        width={arrow.labelWidth}
        height={arrow.lines.length * LINE_HEIGHT}
        rx="5"
      />
      {arrow.lines.map((line, index) => (
        <text
          key={`${index} ${line.text}`}
          data-taken={line.transition !== null && taken.has(line.transition)}
          x={arrow.label.x}
          y={top + index * LINE_HEIGHT + 12.5}
        >
          {line.text}
        </text>
      ))}
    </g>
  )
}
