import type { Member } from '../call/members'
import { h, setText } from '../dom'
import { readPerson } from '../person'

/** Somebody in the room: their video and their name. */
export function createTile({ identity, isMe }: Member) {
  const video = h('video', { playsinline: '', autoplay: '', tabindex: '-1' })
  video.muted = true
  const initial = h('span', { class: 'tile-initial', 'aria-hidden': 'true' })
  const name = h('span', { class: 'tile-name' })
  const element = h(
    'li',
    { class: 'tile', 'data-identity': identity },
    initial,
    video,
    h('p', {}, name, h('code', {}, isMe ? 'you' : suffixOf(identity))),
  )
  element.style.setProperty('--hue', String(readPerson(identity)?.hue ?? 210))
  let shown: Member['video'] = null
  const show = (next: Member['video']) => {
    if (next === shown) return
    shown?.detach(video)
    next?.attach(video)
    shown = next
    video.hidden = next === null
  }
  video.hidden = true
  return {
    element,
    render(member: Member, mirrored: boolean) {
      setText(name, member.name)
      setText(initial, member.name.slice(0, 1))
      video.setAttribute('aria-label', `${member.name}, video`)
      video.classList.toggle('mirrored', mirrored)
      show(member.video)
    },
    remove() {
      show(null)
      element.remove()
    },
  }
}

/** Names may be the same; this tells them apart. */
const suffixOf = (identity: string) => (readPerson(identity) ? identity.replace(/^\w+-/, '') : identity)

export type Tile = ReturnType<typeof createTile>
