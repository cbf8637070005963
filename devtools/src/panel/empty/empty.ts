import { h } from '../dom/h'
import type { PanelModel } from '../model/panel-model'
import type { Pane } from '../pane-types'

export const pane: Pane = {
  style: `
.empty{display:grid;gap:8px;place-content:center;justify-items:center;min-height:100%;padding:24px}
.empty h2{font-size:15px;color:var(--text)}
`,
  create: () => emptyView,
}

/** How to start. */
const emptyView = ({ status: { paused } }: PanelModel) =>
  h(
    'div',
    { key: 'empty', class: 'empty' },
    h('h2', null, 'Nothing recorded yet'),
    h(
      'p',
      null,
      paused
        ? 'Recording is paused.'
        : 'A token store appears here once it is attached and asked for a token:',
    ),
    h('pre', null, h('code', null, "recorder.attach(store)\nstore.fetch({ roomName: 'lobby' })")),
    h('p', { class: 'quiet' }, 'Or drop a session file here to read it.'),
  )
