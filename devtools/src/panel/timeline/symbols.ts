import type { MarkKind } from './marks'

/** A head of 8 px at the top, and a line down to the state. */
const HEADS: Readonly<Record<MarkKind, (x: number) => string>> = {
  refresh: (x) => `M${x - 4} 1h8l-4 6z`,
  expiry: (x) => `M${x} 0l4 4-4 4-4-4z`,
  command: (x) => `M${x - 3.5} 1h7v7h-7z`,
  other: (x) => `M${x} 1l4 6h-8z`,
}

export const MARK_KINDS = Object.keys(HEADS) as MarkKind[]

export const headPath = (kind: MarkKind, x: number): string => HEADS[kind](x)

/** One in three pixels is as many as one can tell apart. */
export const symbolsPath = (places: readonly number[], kind: MarkKind): string =>
  [...new Set(places.map((x) => Math.round(x / 3) * 3))].map((x) => `${HEADS[kind](x)}M${x} 7V34`).join('')
