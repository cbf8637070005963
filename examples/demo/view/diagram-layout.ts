import type { TokenStatus } from 'livekit-token-store'

export const NODE = { width: 120, height: 38 }
export const SIZE = { width: 448, height: 176 }

/** Above: without a usable token. Below: with one. */
const PLACES: Readonly<Record<TokenStatus, { column: number; row: number }>> = {
  idle: { column: 0, row: 0 },
  fetching: { column: 1, row: 0 },
  failed: { column: 2, row: 0 },
  valid: { column: 0, row: 1 },
  expiring: { column: 1, row: 1 },
  refreshing: { column: 2, row: 1 },
}

/** The usual ways. The machine has more of them, and each is drawn when it is taken. */
export const USUAL_WAYS: readonly (readonly [TokenStatus, TokenStatus])[] = [
  ['idle', 'fetching'],
  ['fetching', 'valid'],
  ['fetching', 'failed'],
  ['failed', 'fetching'],
  ['valid', 'expiring'],
  ['expiring', 'refreshing'],
  ['refreshing', 'expiring'],
  ['refreshing', 'valid'],
  ['expiring', 'fetching'],
]

/** The middle of a state's node. */
export const centre = (status: TokenStatus) => {
  const { column, row } = PLACES[status]
  return { x: 68 + column * 156, y: 30 + row * 88 }
}

/** An arrow's path: there and back run side by side, and past a node in between it goes round. */
export function way(from: TokenStatus, to: TokenStatus): string {
  const [a, b] = [centre(from), centre(to)]
  const [halfWidth, halfHeight] = [NODE.width / 2, NODE.height / 2]
  const right = Math.sign(b.x - a.x)
  if (a.y === b.y && Math.abs(b.x - a.x) < 200) {
    const y = a.y - 7 * right
    return `M${a.x + right * halfWidth} ${y}H${b.x - right * (halfWidth + 4)}`
  }
  if (a.y === b.y) {
    const side = a.y > SIZE.height / 2 ? 1 : -1
    const [y, bend] = [a.y + side * halfHeight, a.y + side * (halfHeight + 30)]
    const [start, end] = [a.x - right * 14, b.x + right * 14]
    return `M${start} ${y}C${start - right * 40} ${bend} ${end + right * 40} ${bend} ${end} ${y + side * 4}`
  }
  const down = Math.sign(b.y - a.y)
  const aside = right === 0 ? 10 * down : 24 * right
  return `M${a.x + aside} ${a.y + down * halfHeight}L${b.x - (right === 0 ? -aside : aside)} ${b.y - down * (halfHeight + 4)}`
}
