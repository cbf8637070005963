import { openWindow } from './open-window'
import { adoptSheets } from './styles/sheets'
import type { UiState } from './ui-state'

export type Stage = ReturnType<typeof createStage>

/** Where the panel is: in its page, or in a window of its own, which the page draws. */
export function createStage(home: ShadowRoot, frame: HTMLElement, onDocked: () => void) {
  let styles = ''
  let size = adoptSheets(home, styles)
  let away: Window | null = null

  const dock = () => {
    const left = away
    if (!left) return
    away = null
    home.append(frame)
    size = adoptSheets(home, styles)
    left.close()
    onDocked()
  }
  const onPageGone = () => away?.close()
  window.addEventListener('pagehide', onPageGone)

  return {
    size: (ui: UiState) => size(ui),
    /** Of a pane that was loaded. */
    addStyle(style: string) {
      if (styles.includes(style)) return
      styles += style
      size = adoptSheets(frame.getRootNode() as ShadowRoot, styles)
    },
    dock,
    async popOut() {
      const opened = await openWindow(frame.firstElementChild as Element)
      const host = opened.document.createElement('div')
      const root = host.attachShadow({ mode: 'open' })
      opened.document.body.append(host)
      size = adoptSheets(root, styles)
      root.append(frame)
      away = opened
      // Closed by its own button, it docks again.
      opened.addEventListener('pagehide', dock)
    },
    close() {
      window.removeEventListener('pagehide', onPageGone)
      const left = away
      away = null
      left?.close()
    },
  }
}
