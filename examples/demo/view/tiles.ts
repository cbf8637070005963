import type { CallState } from '../call/call'
import type { Member } from '../call/members'
import { h } from '../dom'
import { createTile, type Tile } from './tile'

/** Who is in the room, each in a tile that stays theirs. */
export function createTiles(roomTitle: string) {
  const tiles = new Map<string, Tile>()
  const element = h('ul', { class: 'tiles', role: 'list', 'aria-label': `Who is in the ${roomTitle}` })
  const tileOf = (member: Member) => {
    const present = tiles.get(member.identity)
    if (present) return present
    const made = createTile(member)
    tiles.set(member.identity, made)
    element.append(made.element)
    return made
  }
  return {
    element,
    render({ members, video }: CallState) {
      for (const [identity, tile] of tiles) {
        if (members.some((member) => member.identity === identity)) continue
        tile.remove()
        tiles.delete(identity)
      }
      // A camera shows oneself as a mirror does; a picture has words in it.
      for (const member of members) tileOf(member).render(member, member.isMe && video?.from === 'camera')
    },
  }
}
