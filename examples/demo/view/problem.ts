import { h, setText } from '../dom'
import type { RoomState } from '../room-state'
import { seconds } from '../state-words'

/** What went wrong last, and what the store does about it; not there after a success. */
export function createProblem() {
  const code = h('code')
  const next = h('p', { class: 'problem-next' })
  const message = h('p')
  const element = h(
    'div',
    { class: 'problem', hidden: '' },
    h('div', { class: 'problem-head' }, code, next),
    message,
  )
  return {
    element,
    render({ token: { error, attempt, nextAt, token }, now }: RoomState) {
      element.hidden = error === null
      if (!error) return
      setText(code, error.status === undefined ? error.code : `${error.code} · ${error.status}`)
      setText(message, error.message)
      setText(
        next,
        [
          attempt > 0 ? `attempt ${attempt}` : '',
          nextAt === null ? '' : `next try in ${seconds(nextAt - now)}`,
          token ? 'the token is kept' : '',
        ]
          .filter(Boolean)
          .join(' · '),
      )
    },
  }
}
