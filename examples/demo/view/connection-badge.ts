import type { ConnectionWord } from '../call/words'
import { h, svg } from '../dom'

/** A shape for each, so that its colour is not all that tells it. 16 by 16. */
const SHAPES: Readonly<Record<ConnectionWord, string>> = {
  'not joined': 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z',
  'token first': 'M6 4.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7zM9.5 8H14v3',
  connecting: 'M2.5 8h8M7.2 4.5 10.7 8l-3.5 3.5M13.5 3v10',
  connected: 'M2.5 13.5v-3M6.2 13.5V8M9.8 13.5v-8M13.5 13.5V2.5',
  reconnecting: 'M2.5 13.5v-3M6.2 13.5V8M9.5 3.5h4M9.5 7.5h4M9.5 11.5h4',
  disconnected: 'm3.8 3.8 8.4 8.4m0-8.4-8.4 8.4',
}

/** A connection's state with its shape and colour. */
export const connectionBadge = (word: ConnectionWord): HTMLElement =>
  h(
    'span',
    { class: 'connection', 'data-connection': word },
    svg(
      'svg',
      { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' },
      svg('path', { d: SHAPES[word] }),
    ),
    word,
  )
