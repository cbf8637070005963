import { pane as chart } from './chart/chart'
import { pane as empty } from './empty/empty'
import type { LoadMore } from './load-more'
import type { PANES } from './more'
import type { Pane, PaneView } from './pane-types'
import type { Measured, UiState } from './ui-state'

/** What the panel opens with comes with it; the others are loaded once one of them is shown. */
const FIRST_PANES = { chart, empty }

export type PaneName = keyof typeof FIRST_PANES | keyof typeof PANES

/** @param onNews when one has come, or cannot be had. */
export function createPanes(loadMore: LoadMore, onNews: () => void) {
  const views = new Map<PaneName, PaneView>()
  const wanted = new Set<PaneName>()
  let there: Partial<Record<PaneName, Pane>> = FIRST_PANES
  let asked = false
  let trouble = ''
  const next = () => [...wanted].find((name) => there[name])
  const more = async () => {
    const all = await loadMore()
    there = { ...FIRST_PANES, ...all.PANES }
    onNews()
    return all
  }
  const load = () => {
    asked = true
    trouble = ''
    more().catch(({ message }: Error) => {
      trouble = message
      onNews()
    })
  }
  return {
    /** What comes with the other panes. */
    more,
    /** undefined until it is there. */
    viewOf(name: PaneName): PaneView | undefined {
      if (!views.has(name)) wanted.add(name)
      if (!there[name] && !asked) load()
      return views.get(name)
    },
    /** Why there is none; '' while it is on its way. */
    get trouble(): string {
      return trouble
    },
    /** What could not be had may be asked for anew. */
    retry() {
      if (trouble) asked = false
    },
    get waiting(): boolean {
      return next() !== undefined
    },
    /** The next that was asked for. One a frame: the first drawings of all together would keep the page from all else. */
    take(): Pane | null {
      const name = next()
      const pane = name && there[name]
      if (!pane) return null
      wanted.delete(name)
      views.set(name, pane.create())
      return pane
    },
    /** What those that were drawn tell of their room. */
    measure: (frame: Element, ui: UiState): Partial<Measured> =>
      Object.assign({}, ...[...views.keys()].map((name) => there[name]?.measure?.(frame, ui))),
  }
}

export type Panes = ReturnType<typeof createPanes>
