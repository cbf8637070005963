/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { type Chart, stateName } from '../model/chart'

interface ChartTextProps {
  readonly chart: Chart
  readonly active: ReadonlySet<number>
  readonly taken: ReadonlySet<number>
}

/** The chart for those who cannot see it, or want to search it. */
export function ChartText({ chart, active, taken }: ChartTextProps) {
  const [open, setOpen] = useState(false)
  return (
    <details class="chart-text" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The chart as text</summary>
      {open && (
        <ul>
          {chart.states.map((state) => (
            <li key={state.index} aria-current={active.has(state.index) ? 'true' : undefined}>
              <strong>{stateName(chart, state.index)}</strong>{' '}
              <span class="note">
                {state.kind}
                {active.has(state.index) && ', active'}
                {state.invokes.length > 0 && `, runs ${state.invokes.join(' and ')}`}
              </span>
              {state.description && <p>{state.description}</p>}
              <ul>
                {chart.transitions
                  .filter(({ source }) => source === state.index)
                  .map(({ index, label, guard, targets, actions }) => (
                    <li key={index}>
                      {label}
                      {guard && ` [${guard}]`}
                      {targets.length > 0 && ` → ${targets.map((to) => stateName(chart, to)).join(', ')}`}
                      {actions.length > 0 && ` / ${actions.join(', ')}`}
                      {taken.has(index) && <em> (taken last)</em>}
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
