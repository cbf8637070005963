import type { TokenEvent } from 'livekit-token-store'
import { button, h } from '../dom'
import type { DemoRoom } from '../rooms'
import { historyLine } from './history-line'

const MOST_LINES = 200

/** What happened, newest first, of all rooms or of one. */
export function createHistory(rooms: readonly DemoRoom[]) {
  const list = h('ol', { class: 'lines' })
  const empty = h('p', { class: 'empty' }, 'Nothing yet.')
  let only: string | null = null
  const applyFilter = () => {
    const lines = [...list.children] as HTMLElement[]
    for (const line of lines) line.hidden = only !== null && line.dataset.room !== only
    empty.hidden = lines.some((line) => !line.hidden)
  }
  const choose = (room: string | null) => {
    only = room
    applyFilter()
  }
  const clear = button(
    'Clear',
    () => {
      list.replaceChildren()
      applyFilter()
    },
    { class: 'quiet' },
  )
  const element = h(
    'div',
    {},
    h('div', { class: 'bar' }, roomFilter(rooms, choose), clear),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Events' }, list, empty),
  )
  return {
    element,
    add(event: TokenEvent, room: DemoRoom) {
      list.prepend(historyLine(event, room))
      if (list.children.length > MOST_LINES) list.lastElementChild?.remove()
      applyFilter()
    },
  }
}

function roomFilter(rooms: readonly DemoRoom[], choose: (room: string | null) => void): HTMLElement {
  const option = (label: string, room: string | null) => {
    const input = h('input', { type: 'radio', name: 'history-room' })
    input.checked = room === null
    input.addEventListener('change', () => choose(room))
    return h('label', {}, input, h('span', {}, label))
  }
  return h(
    'fieldset',
    { class: 'segments' },
    h('legend', { class: 'unseen' }, 'Show the events of'),
    option('All rooms', null),
    ...rooms.map(({ title, name }) => option(title, name)),
  )
}
