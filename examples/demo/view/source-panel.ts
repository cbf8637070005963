import { decodeJwt } from 'jose'
import type { TokenSource } from 'livekit-client'
import { TokenError } from 'livekit-token-store'
import { button, h, setText } from '../dom'
import type { Network } from '../network'
import type { DemoRoom } from '../rooms'

type Source = ReturnType<typeof TokenSource.custom>

const MANY = 100

/** Uses the token source as a `Room` or `useSession` does, and shows what that costs the endpoint. */
export function createSourcePanel(source: Source, rooms: readonly DemoRoom[], network: Network): HTMLElement {
  const room = h(
    'select',
    { id: 'source-room' },
    ...rooms.map(({ name }) => h('option', { value: name }, name)),
  )
  const force = h('input', { type: 'checkbox' })
  const calls = number('calls of fetch')
  const requests = number('requests to the endpoint')
  const elapsed = number('ms, the last one')
  const outcome = h('p', { class: 'outcome', role: 'status' }, 'Not asked yet.')
  const claims = h('pre', { tabindex: '0', role: 'region', 'aria-label': 'The claims of the token' })
  claims.hidden = true
  let called = 0

  const ask = async (times: number) => {
    called += times
    calls.show(called)
    const request = rooms.find(({ name }) => name === room.value)?.request
    if (!request) return
    const [startedAt, sentBefore] = [performance.now(), network.requests]
    try {
      const answers = Array.from({ length: times }, () => source.fetch(request, force.checked))
      const [credentials] = await Promise.all(answers)
      if (!credentials) return
      const ms = performance.now() - startedAt
      elapsed.show(ms < 10 ? ms.toFixed(1) : Math.round(ms))
      const sent = network.requests - sentBefore
      setText(outcome, `Connect to ${credentials.serverUrl}. ${times} × fetch, ${sent} × endpoint.`)
      // Decoded here and let go: the token itself is nobody's business but the Room's.
      setText(claims, JSON.stringify(decodeJwt(credentials.participantToken), null, 2))
      claims.hidden = false
    } catch (error) {
      elapsed.show(Math.round(performance.now() - startedAt))
      setText(outcome, error instanceof TokenError ? `${error.code}: ${error.message}` : 'It failed.')
      claims.hidden = true
    }
  }

  network.requests$.subscribe(requests.show)
  calls.show(0)
  elapsed.show('–')
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'bar' },
      h('label', { for: 'source-room' }, 'Room'),
      room,
      h('label', { class: 'check' }, force, 'force'),
      button('Fetch as a Room does', () => void ask(1), { class: 'primary' }),
      button(`${MANY} at once`, () => void ask(MANY)),
    ),
    h('dl', { class: 'numbers' }, calls.element, requests.element, elapsed.element),
    outcome,
    claims,
  )
}

function number(label: string) {
  const value = h('dd')
  return {
    element: h('div', {}, h('dt', {}, label), value),
    show: (shown: number | string) => setText(value, String(shown)),
  }
}
