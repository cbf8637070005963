import type { TokenStatus } from 'livekit-token-store'

export const NODE = { width: 116, height: 36 }
export const SIZE = { width: 456, height: 214 }

/** Above: without a usable token. Below: with one. */
export const STATES: readonly TokenStatus[] = [
  'idle',
  'fetching',
  'failed',
  'valid',
  'expiring',
  'refreshing',
]

/** The usual ways. The machine has more of them, and each is drawn once it was taken. */
export const USUAL_WAYS = [
  'idle fetching',
  'fetching valid',
  'fetching failed',
  'failed fetching',
  'valid expiring',
  'expiring refreshing',
  'refreshing expiring',
  'refreshing valid',
  'expiring fetching',
]

/** The middle of a state's node. */
export function centre(status: TokenStatus): { x: number; y: number } {
  const place = STATES.indexOf(status)
  return { x: 66 + (place % 3) * 162, y: place < 3 ? 60 : 150 }
}

/**
 * From node to node, below both: a bend to the right, so that there and back are side by side, and a deep one past a
 * node in between. The arrow is at its middle, and its count beside it.
 */
export function wayOf(from: TokenStatus, to: TokenStatus) {
  const [a, b] = [centre(from), centre(to)]
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length = Math.hypot(dx, dy)
  const bend = dy === 0 && length > 200 ? 76 : 18
  const at = (reach: number) => ({
    x: (a.x + b.x) / 2 + (dy / length) * reach,
    y: (a.y + b.y) / 2 - (dx / length) * reach,
  })
  const [pull, middle, beside] = [at(bend), at(bend / 2), at(bend / 2 + 12)]
  const turn = (Math.atan2(dy, dx) * 180) / Math.PI
  return {
    path: `M${a.x} ${a.y}Q${pull.x} ${pull.y} ${b.x} ${b.y}`,
    arrow: `translate(${middle.x} ${middle.y}) rotate(${turn})`,
    beside,
  }
}
