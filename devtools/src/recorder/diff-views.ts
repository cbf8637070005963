import type { TokenView } from 'livekit-token-store'

export interface ViewChange {
  /** A field of the view, or of its grants: `grants.canPublish`. */
  readonly field: string
  /** undefined when there was no such field. */
  readonly before: unknown
  /** undefined when there is no such field any more. */
  readonly after: unknown
}

/** What differs between two successive views, in the fields' order; null stands for no token. */
export function diffViews(before: TokenView | null, after: TokenView | null): readonly ViewChange[] {
  const [old, now] = [flat(before), flat(after)]
  const fields = new Set([...Object.keys(old), ...Object.keys(now)])
  return [...fields]
    .filter((field) => !same(old[field], now[field]))
    .map((field) => ({ field, before: old[field], after: now[field] }))
}

function flat(view: TokenView | null): Record<string, unknown> {
  if (!view) return {}
  const { grants, ...rest } = view
  const named = Object.entries(grants ?? {}).map(([grant, value]) => [`grants.${grant}`, value])
  return { ...rest, ...Object.fromEntries(named) }
}

const same = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b))
