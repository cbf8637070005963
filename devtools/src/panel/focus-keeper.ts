/** The tab that is shown: it is always there. */
const TAB = '[role=tab][tabindex="0"]'
/** Of a list whose focused row has made room: whoever walks through it by keys goes on there. */
const ROW = '.row[tabindex="0"]'

/** Nobody who works by keyboard is to fall out of the panel: not when a button is gone, nor when the panel moves. */
export function createFocusKeeper(frame: HTMLElement) {
  let next = ''
  let from: Element | null = null
  let held: Element | null = null
  const active = () => {
    const { activeElement } = frame.getRootNode() as ShadowRoot
    return frame.contains(activeElement) ? activeElement : null
  }
  return {
    /** What gets it after the next drawing. */
    next(selector = TAB) {
      next = selector
      from = active()
    },
    before() {
      held = active()
    },
    after() {
      const gone = held !== null && !frame.contains(held)
      const instead = gone && held?.matches('.row') ? ROW : TAB
      const find = (selector: string) => frame.querySelector<HTMLElement>(selector)
      const wanted = next ? find(next) : null
      if (wanted) wanted.focus()
      else if (gone) (find(instead) ?? find(TAB))?.focus()
      // What is not there yet may be on its way, until the user goes elsewhere.
      if (wanted || active() !== from) next = ''
    },
  }
}
