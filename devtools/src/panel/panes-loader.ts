import type { Panes } from './pane-types'

/** What is loaded; the first who asks has it loaded, and `onLoaded` told. A panel that is opened anew tries again. */
export function createPanesLoader(onLoaded: (style: string) => void, onFailed: () => void) {
  let asked = false
  let panes: Panes | null = null
  return () => {
    if (!asked) {
      asked = true
      import('./panes').then(({ STYLE, createPanes }) => {
        panes = createPanes()
        onLoaded(STYLE)
      }, onFailed)
    }
    return panes
  }
}
