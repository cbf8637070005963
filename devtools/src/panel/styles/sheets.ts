import { sizeOf, type UiState } from '../ui-state'
import { BASE } from './base'
import { FRAME } from './frame'
import { PALETTE } from './palette'

const TEXT = PALETTE + BASE + FRAME

/**
 * Sheets that are made, not parsed from the page, need no leave of a content security policy; and each document needs
 * its own. Returns what sets the sizes that change.
 */
export function adoptSheets(root: ShadowRoot, more: string): (ui: UiState) => void {
  const { CSSStyleSheet: Sheet } = root.ownerDocument.defaultView!
  const [sheet, sizes] = [new Sheet(), new Sheet()]
  sheet.replaceSync(TEXT + more)
  sizes.replaceSync(':host{}')
  // The trigger's stays.
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((other) => !ours.has(other)), sheet, sizes]
  ours.add(sheet).add(sizes)
  const { style } = sizes.cssRules[0] as CSSStyleRule
  return (ui) => {
    style.setProperty('--size', `${sizeOf(ui)}px`)
    style.setProperty('--x', `${ui.hover?.x ?? 0}px`)
    style.setProperty('--y', `${ui.hover?.y ?? 0}px`)
  }
}

const ours = new WeakSet<CSSStyleSheet>()
