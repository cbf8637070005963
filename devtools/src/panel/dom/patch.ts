import type { Props, VNode } from './h'

const SVG = 'http://www.w3.org/2000/svg'
const shown = new WeakMap<Node, readonly (VNode | null)[]>()
const listeners = new WeakMap<Node, Map<string, (event: Event) => void>>()

/**
 * Makes the children of `parent` those, touching only what differs. Text goes in as text and nothing is parsed, so
 * that Trusted Types have nothing to ask. A UI library would be a third of what the panel may weigh.
 */
export function patch(parent: Element, children: readonly (VNode | null)[]): void {
  const spare = new Map<string, VNode>()
  shown.get(parent)?.forEach((child, index) => {
    if (!child) return
    // Two of the same name, as a session that was written by hand may have: one of them is made anew.
    spare.get(identity(child, index))?.node?.remove()
    spare.set(identity(child, index), child)
  })
  children.forEach((child, index) => {
    if (!child) return
    const before = spare.get(identity(child, index))
    spare.delete(identity(child, index))
    child.node = before?.node ?? create(child, parent)
    // What is shown already, and was not made anew, is as it was.
    if (child !== before) update(child, before?.props ?? {})
  })
  // First away with what is gone: then nothing else has to move, and nothing loses its focus.
  for (const { node } of spare.values()) node?.remove()
  let place = parent.firstChild
  for (const child of children) {
    if (child?.node === place) place = place?.nextSibling ?? null
    else if (child?.node) parent.insertBefore(child.node, place)
  }
  shown.set(parent, children)
}

const identity = ({ tag, props }: VNode, index: number) => `${tag} ${props.key ?? `at ${index}`}`

function create({ tag }: VNode, parent: Element): Element | Text {
  const { ownerDocument } = parent
  if (!tag) return ownerDocument.createTextNode('')
  if (tag === 'svg' || parent.namespaceURI === SVG) return ownerDocument.createElementNS(SVG, tag)
  // No form around the panel is sent by a button of it: none reaches into a shadow root.
  return ownerDocument.createElement(tag)
}

function update({ node, props, children }: VNode, before: Props): void {
  if (!node) return
  if (node.nodeType === 3) {
    if (props.content !== before.content) node.nodeValue = String(props.content)
    return
  }
  const element = node as Element
  for (const name of Object.keys(before)) if (!(name in props)) set(element, name, null)
  for (const [name, value] of Object.entries(props)) if (value !== before[name]) set(element, name, value)
  patch(element, children)
  // A select takes its value only once its options are there.
  if ('value' in props && (element as HTMLInputElement).value !== props.value)
    (element as HTMLInputElement).value = String(props.value)
}

function set(element: Element, name: string, value: Props[string]): void {
  if (name === 'key' || name === 'value') return
  if (name.startsWith('on')) listen(element, name.slice(2), value)
  else if (value === null || value === undefined || (value === false && !name.startsWith('aria-')))
    element.removeAttribute(name)
  else element.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value))
}

/** One listener for good: what it calls changes with each render. */
function listen(element: Element, type: string, handler: Props[string]): void {
  const known = listeners.get(element) ?? new Map<string, (event: Event) => void>()
  listeners.set(element, known)
  if (!known.has(type)) element.addEventListener(type, (event) => known.get(type)?.(event))
  known.set(type, (handler ?? (() => {})) as (event: Event) => void)
}
