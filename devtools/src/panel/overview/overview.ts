import { h } from '../dom/h'
import type { Pane, PaneView } from '../pane-types'

/** All that is worth seeing at once; the rest has tabs of its own. */
const overviewView: PaneView = (_model, _ui, _act, draw) => [
  h('div', { key: 'side', class: 'side' }, draw('chart'), draw('commands')),
  draw('timeline'),
  h('div', { key: 'list', class: 'half' }, draw('events')),
  h('div', { key: 'one', class: 'half' }, draw('inspect')),
]

export const pane: Pane = {
  style: `
[data-tab=overview]{display:grid;grid:fit-content(52%) minmax(0,1fr)/288px 1fr minmax(280px,30%)}
[data-tab=overview]>*{border:0 solid var(--line);border-width:0 1px 1px 0}
.side{grid-row:1/3;overflow:auto}
.half{grid-row:2;overflow:auto}
:is(.side,.half){contain:strict}
[data-tab=overview]>.timeline{grid-column:2/4;height:auto}
`,
  create: () => overviewView,
}
