import type { PANES, PaneName } from './every-pane'
import type { Pane, PaneView } from './pane-types'

/**
 * What is below the header: a file of its own for the browser, so that the panel is there before it. One that could
 * not be loaded is tried again by a panel that is opened anew.
 */
export function createPanes(onArrived: () => void, onFailed: () => void) {
  const views = new Map<PaneName, PaneView>()
  const wanted: PaneName[] = []
  let asked = false
  let loaded: typeof PANES | null = null
  const load = () => {
    asked = true
    import('./every-pane').then(({ PANES }) => {
      loaded = PANES
      onArrived()
    }, onFailed)
  }
  return {
    /** undefined until it is there. */
    viewOf(name: PaneName): PaneView | undefined {
      if (!asked) load()
      if (!views.has(name) && !wanted.includes(name)) wanted.push(name)
      return views.get(name)
    },
    get waiting(): boolean {
      return loaded !== null && wanted.length > 0
    },
    /** The next that was asked for. One a frame: the first drawings of all together would keep the page from all else. */
    take(): Pane | null {
      const name = loaded && wanted.shift()
      if (!loaded || !name) return null
      views.set(name, loaded[name].create())
      return loaded[name]
    },
  }
}

export type Panes = ReturnType<typeof createPanes>
