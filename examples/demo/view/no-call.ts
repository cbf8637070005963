import { h } from '../dom'
import type { DemoRoom } from '../rooms'

export const HELP_ID = 'livekit-help'

/** The room's place on a page without a LiveKit server. */
export const createNoCall = (room: DemoRoom): HTMLElement =>
  h(
    'section',
    { class: 'call', 'aria-label': `The room ${room.title}` },
    h(
      'p',
      { class: 'no-call' },
      'There is no LiveKit server to join this room on. ',
      h('a', { href: `#${HELP_ID}` }, 'How to get one'),
    ),
  )
