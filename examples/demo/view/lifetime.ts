import { h, setText } from '../dom'
import type { RoomState } from '../room-state'
import { seconds } from '../state-words'

/** The token's life as a bar, with the part in which a refresh is due, and the three countdowns. */
export function createLifetime() {
  const bar = h(
    'div',
    { class: 'lifetime', 'aria-hidden': 'true' },
    h('div', { class: 'lifetime-left' }),
    h('div', { class: 'lifetime-due' }),
    h('div', { class: 'lifetime-now' }),
  )
  const expiry = countdown('Expires in')
  const refresh = countdown('Refresh due in')
  const retry = countdown('Next try in')
  const element = h(
    'div',
    { class: 'time' },
    bar,
    h('dl', { class: 'countdowns' }, expiry.element, refresh.element, retry.element),
  )
  return {
    element,
    render({ token: state, remainingMs, now }: RoomState) {
      const { token, nextAt } = state
      bar.classList.toggle('empty', token === null)
      expiry.show(token ? seconds(remainingMs) : null)
      const dueIn = token ? token.refreshAt - now : 0
      refresh.show(token ? (dueIn > 0 ? seconds(dueIn) : 'now') : null)
      retry.show(nextAt === null ? null : seconds(nextAt - now))
      if (!token) return
      const life = now + remainingMs - token.receivedAt
      const share = (ms: number) => `${(100 * Math.min(1, Math.max(0, ms / life))).toFixed(2)}%`
      bar.style.setProperty('--now', share(now - token.receivedAt))
      bar.style.setProperty('--due', share(token.refreshAt - token.receivedAt))
    },
  }
}

function countdown(label: string) {
  const value = h('dd')
  const element = h('div', {}, h('dt', {}, label), value)
  return {
    element,
    show(text: string | null) {
      setText(value, text ?? '–')
      element.classList.toggle('none', text === null)
    },
  }
}
