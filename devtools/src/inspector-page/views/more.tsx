/** @jsxImportSource preact */
import { useState } from 'preact/hooks'

/** How many come with each press: all at once may be hundreds. */
const STEP = 50

export interface Shown<Item> {
  readonly shown: readonly Item[]
  readonly hidden: number
  readonly onMore: () => void
}

/** The first of a list, and more of it whenever somebody asks. */
export function useMore<Item>(items: readonly Item[], first: number): Shown<Item> {
  const [most, setMost] = useState(first)
  return {
    shown: items.slice(0, most),
    hidden: Math.max(items.length - most, 0),
    onMore: () => setMost(most + STEP),
  }
}

export function More({ hidden, onMore, what }: Pick<Shown<unknown>, 'hidden' | 'onMore'> & { what: string }) {
  const next = hidden > STEP ? `Show ${STEP} of ${hidden} more ${what}` : `Show ${hidden} more ${what}`
  return (
    <button type="button" class="link" onClick={onMore}>
      {next}
    </button>
  )
}
