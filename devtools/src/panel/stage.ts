import type { Panes } from './panes'
import { addSheet, adoptSheets } from './styles/sheets'
import type { UiState } from './ui-state'

export type Stage = ReturnType<typeof createStage>

/** Where the panel is: in its page, or in a window of its own, which the page draws. */
export function createStage(home: ShadowRoot, frame: HTMLElement, more: Panes['more'], onDocked: () => void) {
  const styles = new Set<string>()
  let shown: UiState | null = null
  let size = adoptSheets(home, styles)
  let away: Window | null = null
  let closed = false
  let opening = false

  /** New sheets know no size yet, and nobody is to see the panel without one. */
  const adopt = (root: ShadowRoot) => {
    size = adoptSheets(root, styles)
    if (shown) size(shown)
  }

  const dock = () => {
    const left = away
    if (!left) return
    away = null
    home.append(frame)
    adopt(home)
    left.close()
    onDocked()
  }
  const settle = (root: ShadowRoot) => {
    const opened = root.ownerDocument.defaultView!
    if (closed) return opened.close()
    adopt(root)
    root.append(frame)
    away = opened
    // Closed by its own button, it docks again.
    opened.addEventListener('pagehide', dock)
  }
  const onPageGone = () => away?.close()
  window.addEventListener('pagehide', onPageGone)

  return {
    size(ui: UiState) {
      shown = ui
      size(ui)
    },
    /** Of a pane that was loaded. */
    addStyle(style: string) {
      if (styles.has(style)) return
      styles.add(style)
      addSheet(frame.getRootNode() as ShadowRoot, style)
    },
    get popped() {
      return away !== null
    },
    dock,
    async popOut() {
      if (opening) return
      opening = true
      try {
        const { openWindow } = await more()
        // It may have taken its time.
        if (!closed) settle(await openWindow(frame.firstElementChild!))
      } finally {
        opening = false
      }
    },
    close() {
      closed = true
      window.removeEventListener('pagehide', onPageGone)
      const left = away
      away = null
      left?.close()
    },
  }
}
