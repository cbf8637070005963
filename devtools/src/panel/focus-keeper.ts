/** The tab that is shown: it is always there. */
const TAB = '[role=tab][tabindex="0"]'

/** Nobody who works by keyboard is to fall out of the panel: not when a button is gone, nor when the panel moves. */
export function createFocusKeeper(frame: HTMLElement) {
  let next = ''
  let held: Element | null = null
  const active = () => {
    const { activeElement } = frame.getRootNode() as ShadowRoot
    return frame.contains(activeElement) ? activeElement : null
  }
  return {
    /** What gets it after the next drawing. */
    next(selector = TAB) {
      next = selector
    },
    before() {
      held = active()
    },
    after() {
      const selector = next || (held && !frame.contains(held) ? TAB : '')
      if (selector) frame.querySelector<HTMLElement>(selector)?.focus()
      next = ''
    },
  }
}
