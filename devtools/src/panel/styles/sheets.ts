import { sizeOf, type UiState } from '../ui-state'
import { BASE } from './base'
import { FRAME } from './frame'
import { PALETTE } from './palette'

const ours = new WeakSet<CSSStyleSheet>()

/** Sheets that are made, not parsed from the page, need no leave of a content security policy. */
export function addSheet(root: ShadowRoot, text: string): CSSStyleSheet {
  // Each document needs its own.
  const sheet = new root.ownerDocument.defaultView!.CSSStyleSheet()
  sheet.replaceSync(text)
  ours.add(sheet)
  root.adoptedStyleSheets.push(sheet)
  return sheet
}

/** In place of what was there of ours; the trigger's stays. Returns what sets the sizes that change. */
export function adoptSheets(root: ShadowRoot, more: Iterable<string>): (ui: UiState) => void {
  root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !ours.has(sheet))
  const { style } = addSheet(root, ':host{}').cssRules[0] as CSSStyleRule
  for (const text of [PALETTE + BASE + FRAME, ...more]) addSheet(root, text)
  return (ui) => {
    style.setProperty('--size', `${sizeOf(ui)}px`)
    style.setProperty('--x', `${ui.hover?.x ?? 0}px`)
    style.setProperty('--y', `${ui.hover?.y ?? 0}px`)
  }
}
