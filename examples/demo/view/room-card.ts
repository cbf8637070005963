import type { TokenStatus } from 'livekit-token-store'
import type { CallState } from '../call/call'
import { type ConnectionWord, connectionWord } from '../call/words'
import { button, h, setText, toggle } from '../dom'
import type { RoomState } from '../room-state'
import type { DemoRoom } from '../rooms'
import { meaningOf } from '../state-words'
import { connectionBadge } from './connection-badge'
import { createFacts } from './facts'
import { createLifetime } from './lifetime'
import { createProblem } from './problem'
import { stateBadge } from './state-badge'
import { createStateDiagram } from './state-diagram'

export interface RoomActions {
  fetch(): void
  refresh(): void
  invalidate(): void
  observe(on: boolean): void
}

/** @param callPanel What there is of the room itself. */
export function createRoomCard(room: DemoRoom, actions: RoomActions, callPanel: HTMLElement) {
  const badge = h('dd')
  const connection = h('dd')
  const meaning = h('p', { class: 'room-meaning' })
  const observed = toggle('Observed', '', actions.observe)
  observed.element.title = 'Whether somebody subscribes to state$: then the token is refreshed on time.'
  const parts = [createStateDiagram(room.name), createLifetime(), createProblem(), createFacts()]
  const name = `room-${room.name}`
  const element = h(
    'article',
    { class: 'card room', 'aria-labelledby': name, 'data-room': room.name },
    h(
      'header',
      {},
      h('h3', { id: name }, room.title),
      h(
        'dl',
        { class: 'room-states' },
        h('div', {}, h('dt', {}, 'Token'), badge),
        h('div', {}, h('dt', {}, 'Room'), connection),
      ),
    ),
    callPanel,
    h('div', { class: 'room-token' }, meaning, observed.element),
    ...parts.map((part) => part.element),
    h(
      'div',
      { class: 'buttons', role: 'group', 'aria-label': `${room.title}: what to ask of the store` },
      button('Fetch', actions.fetch, { title: 'A usable token: at once when there is one.' }),
      button('Refresh', actions.refresh, { title: 'A new token, though the present one is good.' }),
      button('Invalidate', actions.invalidate, { title: 'Forgets the token. Nothing is asked.' }),
    ),
  )
  let shown: TokenStatus | null = null
  let connected: ConnectionWord | null = null
  return {
    element,
    renderCall(state: CallState) {
      const word = connectionWord(state)
      if (word !== connected) connection.replaceChildren(connectionBadge(word))
      connected = word
    },
    render(state: RoomState) {
      const { status } = state.token
      if (status !== shown) badge.replaceChildren(stateBadge(status))
      shown = status
      element.dataset.state = status
      setText(meaning, meaningOf(state.token, state.observed))
      observed.show(state.observed)
      for (const part of parts) part.render(state)
    },
  }
}
