import type { TokenStatus } from 'livekit-token-store'
import { svg } from '../dom'
import type { RoomState } from '../room-state'
import { STATUSES } from '../state-words'
import { centre, NODE, SIZE, USUAL_WAYS, way } from './diagram-layout'
import { stateShape } from './state-icon'

/** The six states with the live one lit, the ones just left still glowing, and the way it came. */
export function createStateDiagram(name: string) {
  const taken = svg('path', { class: 'way taken', 'marker-end': `url(#${name}-arrow-taken)` })
  const nodes = new Map(STATUSES.map((status) => [status, drawNode(status)]))
  const element = svg(
    'svg',
    { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, class: 'diagram', role: 'img' },
    svg('defs', {}, arrow(`${name}-arrow`, 'arrow'), arrow(`${name}-arrow-taken`, 'arrow taken')),
    ...USUAL_WAYS.map(([from, to]) =>
      svg('path', { class: 'way', d: way(from, to), 'marker-end': `url(#${name}-arrow)` }),
    ),
    taken,
    ...nodes.values(),
  )
  return {
    element,
    render({ token, last, passed }: RoomState) {
      element.setAttribute('aria-label', label(token.status, last?.from))
      element.dataset.state = token.status
      for (const [status, node] of nodes) {
        node.classList.toggle('live', status === token.status)
        node.classList.toggle('passed', passed.has(status) && status !== token.status)
      }
      if (last) taken.setAttribute('d', way(last.from, last.to))
    },
  }
}

const label = (status: TokenStatus, from: TokenStatus | undefined) =>
  `The six states of a token. It is ${status}${from ? `, and was ${from} before` : ''}.`

function drawNode(status: TokenStatus): SVGGElement {
  const { x, y } = centre(status)
  const [width, height] = [NODE.width, NODE.height]
  return svg(
    'g',
    { class: 'node', 'data-state': status },
    svg('rect', {
      x: String(x - width / 2),
      y: String(y - height / 2),
      width: String(width),
      height: String(height),
      rx: '10',
    }),
    stateShape(status, x - width / 2 + 11, y - 8),
    svg('text', { x: String(x - width / 2 + 34), y: String(y + 4.5) }, status),
  )
}

const arrow = (id: string, className: string) =>
  svg(
    'marker',
    {
      id,
      class: className,
      viewBox: '0 0 8 8',
      refX: '5',
      refY: '4',
      markerWidth: '6',
      markerHeight: '6',
      orient: 'auto',
    },
    svg('path', { d: 'M1 1 6 4 1 7z' }),
  )
