import type { TokenStatus } from 'livekit-token-store'
import { h } from '../dom/h'
import type { Life } from '../model/lives'
import { memo } from '../model/memo'
import { wholeSeconds } from '../model/whole-seconds'
import type { Pane, PaneView } from '../pane-types'
import { stateShape } from '../view/icon'
import { chartOf } from './counts'
import { centre, NODE, SIZE, STATES, USUAL_WAYS, wayOf } from './layout'
import { CHART_STYLE } from './style'

/** The six states with the live one lit, the way it came, and how often each was. */
function createChart(): PaneView {
  const chartFor = memo(chartOf)
  const view = memo(chartView)
  return ({ own, life, now }) => view(chartFor(own), life, life && wholeSeconds(now - life.since))
}

export const pane: Pane = { style: CHART_STYLE, create: createChart }

function chartView(
  { entries, ways: taken, last }: ReturnType<typeof chartOf>,
  life: Life | null,
  lasting: string | null,
) {
  const ways = [...new Set([...USUAL_WAYS, ...taken.keys()])]
  // What was taken last lies on top.
  ways.sort((a, b) => Number(a === last) - Number(b === last))
  const live = life && !life.ended ? life.status : null
  return h(
    'div',
    { key: 'chart', class: 'chart' },
    h(
      'svg',
      {
        class: 'diagram',
        viewBox: `0 0 ${SIZE.width} ${SIZE.height}`,
        role: 'group',
        'aria-label': 'Statechart',
        'data-state': last?.split(' ')[1],
      },
      h(
        'g',
        { role: 'list', 'aria-label': 'Transitions' },
        ways.map((way) => wayView(way, taken.get(way) ?? 0, way === last)),
      ),
      h(
        'g',
        { role: 'list', 'aria-label': 'States' },
        STATES.map((one) => nodeView(one, entries.get(one) ?? 0, one === live)),
      ),
    ),
    life && h('p', { class: 'quiet' }, `${life.ended ? 'ended' : life.status} for ${lasting}`),
  )
}

function nodeView(status: TokenStatus, count: number, live: boolean) {
  const { x, y } = centre(status)
  const [left, top] = [x - NODE.width / 2, y - NODE.height / 2]
  return h(
    'g',
    {
      key: status,
      class: `node${live ? ' live' : ''}${count || live ? '' : ' never'}`,
      'data-state': status,
      role: 'listitem',
      'aria-label': `${status}, entered ${times(count)}`,
      'aria-current': live || null,
    },
    h('rect', { x: left, y: top, width: NODE.width, height: NODE.height, rx: 8 }),
    stateShape(status, left + 9, y - 8),
    h('text', { x: left + 29, y: y + 4.5 }, status),
    h('text', { class: 'count', x: left + NODE.width - 8, y: y + 4 }, count || ''),
  )
}

function wayView(way: string, count: number, last: boolean) {
  const [from, to] = way.split(' ') as [TokenStatus, TokenStatus]
  const { path, arrow, beside } = wayOf(from, to)
  const name = `${from} to ${to}, ${times(count)}${last ? ', the last transition' : ''}`
  return h(
    'g',
    {
      key: way,
      class: `way${count ? ' taken' : ''}${last ? ' last' : ''}`,
      role: 'listitem',
      'aria-label': name,
    },
    h('path', { class: 'line', d: path }),
    h('path', { d: 'M-4-4 5 0-4 4z', transform: arrow }),
    h('text', { x: beside.x, y: beside.y + 4 }, count || ''),
  )
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
