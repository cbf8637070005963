import type { Call, CallState } from '../call/call'
import { callNote } from '../call/words'
import { button, h, setText } from '../dom'
import type { Person } from '../person'
import type { DemoRoom } from '../rooms'
import { createTiles } from './tiles'

const ACTIONS: Readonly<Record<CallState['phase'], string>> = {
  out: 'Join room',
  joining: 'Cancel',
  in: 'Leave',
}

/** The room itself: who is in it, the way in and out, and what to do to the connection. */
export function createCallPanel(room: DemoRoom, call: Call, person: Person) {
  let phase: CallState['phase'] = 'out'
  const tiles = createTiles(room.title)
  const outside = createOutside(person)
  const alone = createAlone()
  // One button all along, so that the focus has no reason to go.
  const main = button('', () => (phase === 'out' ? call.join() : call.leave()))
  const drops = [
    button('Drop the signal', call.dropSignal, {
      title: 'Closes the signal connection. LiveKit resumes it, and the pictures go on.',
    }),
    button('Drop everything', call.dropAll, {
      title: 'Closes all connections. LiveKit joins anew, without asking the store.',
    }),
  ]
  const note = h('p', { class: 'call-note' })
  const element = h(
    'section',
    { class: 'call', 'aria-label': `The room ${room.title}` },
    h('div', { class: 'stage' }, tiles.element, alone, outside),
    h('div', { class: 'call-bar' }, main, ...drops),
    note,
  )
  return {
    element,
    render(state: CallState) {
      phase = state.phase
      tiles.render(state)
      outside.hidden = state.members.length > 0
      alone.hidden = state.members.length !== 1
      setText(main, ACTIONS[phase])
      main.className = phase === 'out' ? 'primary' : 'leave'
      for (const drop of drops) drop.hidden = phase !== 'in'
      setText(note, callNote(state))
      note.classList.toggle('wrong', state.problem !== null)
    },
  }
}

/** Before one is in: who one would be. */
function createOutside({ name, identity, hue }: Person): HTMLElement {
  const element = h(
    'div',
    { class: 'outside' },
    h('span', { class: 'outside-initial', 'aria-hidden': 'true' }, name.slice(0, 1)),
    h('p', {}, 'You would be ', h('strong', {}, name), ' ', h('code', {}, identity)),
  )
  element.style.setProperty('--hue', String(hue))
  return element
}

/** The place of somebody else, who is a tab away. A link that tells its tab nothing makes it a stranger. */
const createAlone = (): HTMLElement =>
  h(
    'p',
    { class: 'alone' },
    'Nobody else is here. ',
    h('a', { href: location.href, target: '_blank', rel: 'noopener' }, 'Open another tab'),
    ' and join as somebody else.',
  )
