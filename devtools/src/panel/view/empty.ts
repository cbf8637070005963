import type { RecorderStatus } from '../../recorder/types'
import { h } from '../dom/h'

/** How to start. */
export const emptyView = ({ paused }: RecorderStatus) =>
  h(
    'div',
    { class: 'empty' },
    h('h2', null, 'Nothing recorded yet'),
    h(
      'p',
      null,
      paused
        ? 'Recording is paused.'
        : 'What a token store does from now on appears here, as soon as one is attached and asked for a token:',
    ),
    h('pre', null, h('code', null, "recorder.attach(store)\nstore.fetch({ roomName: 'lobby' })")),
    h('p', { class: 'quiet' }, 'Or drop a session file here to read it.'),
  )
