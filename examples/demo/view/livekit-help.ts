import { WAYS_TO_GET_LIVEKIT } from '../../../devtools/src/livekit-server/how-to-get'
import { button, h, setText } from '../dom'
import { HELP_ID } from './no-call'

/** How to come by a LiveKit server, for whom the page was started without one. */
export const createLiveKitHelp = (): HTMLElement =>
  h(
    'section',
    { class: 'card', id: HELP_ID, tabindex: '-1', 'aria-labelledby': `${HELP_ID}-title` },
    h('h2', { id: `${HELP_ID}-title` }, 'To join the rooms, get a LiveKit server'),
    h(
      'p',
      { class: 'lead' },
      'The tokens above are real, but this page was started without a server to show them to. Pick one way, then end the terminal’s command with Ctrl-C and start it again. The server listens on this machine alone.',
    ),
    h('ol', { class: 'ways' }, ...WAYS_TO_GET_LIVEKIT.map(way)),
    h(
      'p',
      { class: 'lead' },
      'You have one? ',
      h('code', {}, 'LIVEKIT_URL=ws://127.0.0.1:7880 npm start'),
      ' for a server that runs, ',
      h('code', {}, 'LIVEKIT_SERVER=/path/to/livekit-server npm start'),
      ' for one to start.',
    ),
  )

function way({ name, command, after }: (typeof WAYS_TO_GET_LIVEKIT)[number]): HTMLElement {
  const copied = h('span', { class: 'copied', role: 'status' })
  const copy = () =>
    navigator.clipboard.writeText(command).then(
      () => setText(copied, 'Copied.'),
      () => setText(copied, 'Your browser does not let the page copy.'),
    )
  return h(
    'li',
    {},
    h('h3', {}, name),
    h(
      'pre',
      { tabindex: '0', role: 'region', 'aria-label': `The command for ${name}` },
      h('code', {}, command),
    ),
    h('p', {}, after, ' '),
    h(
      'div',
      { class: 'copy' },
      button('Copy', copy, { 'aria-label': `Copy the command for ${name}` }),
      copied,
    ),
  )
}
