import type { TokenEvent } from 'livekit-token-store'
import { h } from '../dom'
import type { DemoRoom } from '../rooms'
import { clockTime } from '../state-words'
import { connectionBadge } from './connection-badge'
import { stateBadge } from './state-badge'

export function historyLine(event: TokenEvent, room: DemoRoom): HTMLLIElement {
  return h(
    'li',
    { 'data-room': room.name, 'data-type': event.type },
    h('time', { datetime: new Date(event.at).toISOString() }, clockTime(event.at)),
    h('span', { class: 'line-room' }, room.title),
    h('span', { class: 'line-what' }, ...describe(event)),
  )
}

function describe(event: TokenEvent): (Node | string)[] {
  switch (event.type) {
    case 'state':
      return [
        stateBadge(event.from),
        h('span', { class: 'to', role: 'img', 'aria-label': 'to' }, '→'),
        stateBadge(event.to),
        ...(event.view ? [h('span', { class: 'note' }, `token ${event.view.ordinal}`)] : []),
      ]
    case 'attempt':
      return [note(`attempt ${event.attempt}, ${event.reason}`)]
    case 'attempt-failed': {
      const status = event.status === undefined ? '' : ` (${event.status})`
      return [note(`attempt ${event.attempt} failed: ${event.code}${status}`)]
    }
    case 'clock-corrected':
      return [note(`clock corrected by ${event.byMs} ms`)]
    case 'room':
      return [
        event.state === 'moved' ? note('the room moved') : connectionBadge(event.state),
        ...(event.reason === undefined ? [] : [note(event.reason)]),
      ]
    default:
      return [note(event.type)]
  }
}

const note = (text: string) => h('span', { class: 'note' }, text)
