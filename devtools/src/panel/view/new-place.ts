const places = new WeakMap<Element, Document>()

/** Of what scrolls: shown again, as after another tab, or in another window, it begins at its top, not where it was left. */
export function isNewPlace(element: Element): boolean {
  const before = places.get(element)
  places.set(element, element.ownerDocument)
  return before !== element.ownerDocument
}
