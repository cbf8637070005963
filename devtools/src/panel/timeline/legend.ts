import { h, type Props } from '../dom/h'
import { headPath, MARK_KINDS } from './symbols'

const NAMES = { refresh: 'refresh due', expiry: 'expiry', command: 'command', other: 'event' }

/** What the shapes mean. */
export const legendView = () =>
  h(
    'p',
    { key: 'legend', class: 'legend quiet' },
    MARK_KINDS.map((kind) => item(NAMES[kind], { class: `mark ${kind}`, d: headPath(kind, 5) })),
    ['ok', 'failed', 'aborted', 'in-flight'].map((outcome) =>
      item(`attempt ${outcome}`, { class: 'attempt', 'data-state': outcome, d: 'M1 2h8v5H1z' }),
    ),
  )

const item = (name: string, path: Props) =>
  h('span', { key: name }, h('svg', { width: 10, height: 9, 'aria-hidden': 'true' }, h('path', path)), name)
