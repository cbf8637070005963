import { h, setText } from '../dom'
import type { RoomState } from '../room-state'
import { clockTime } from '../state-words'

/** What the token says, from its view. The token itself never comes this far. */
export function createFacts() {
  const ordinal = h('dd')
  const room = h('dd')
  const identity = h('dd')
  const received = h('dd')
  const grants = h('ul', { class: 'grants', 'aria-label': 'Grants' })
  const fact = (name: string, value: HTMLElement) => h('div', {}, h('dt', {}, name), value)
  const element = h(
    'div',
    { class: 'facts' },
    h(
      'dl',
      {},
      fact('Token', ordinal),
      fact('Room', room),
      fact('Identity', identity),
      fact('Received', received),
    ),
    grants,
  )
  let shown: number | null = null
  return {
    element,
    render({ token: { token } }: RoomState) {
      setText(ordinal, token ? `no. ${token.ordinal}` : 'none')
      setText(room, token?.room ?? '–')
      setText(identity, token?.identity ?? '–')
      setText(received, token ? clockTime(token.receivedAt) : '–')
      if (shown === (token?.ordinal ?? null)) return
      shown = token?.ordinal ?? null
      const granted = Object.entries(token?.grants ?? {}).filter(([, value]) => value === true)
      grants.replaceChildren(...granted.map(([name]) => h('li', {}, name)))
    },
  }
}
