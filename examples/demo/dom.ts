type Child = Node | string
type Attributes = Readonly<Record<string, string>>

const SVG = 'http://www.w3.org/2000/svg'

/** An element. Text goes in as text, never as markup, so that Trusted Types have nothing to ask. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), attributes, children)
}

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Tag] {
  return fill(document.createElementNS(SVG, tag), attributes, children)
}

function fill<Made extends Element>(element: Made, attributes: Attributes, children: Child[]): Made {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** Leaves the node alone when it says so already: selections survive, and live regions stay quiet. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** @throws {Error} when the page has no such element. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`The page has no element #${id}`)
  return element
}

export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = h('button', { type: 'button', ...attributes }, label)
  made.addEventListener('click', onClick)
  return made
}

/** A switch, and how to show that it is on. */
export function toggle(label: string, hint: string, onChange: (on: boolean) => void) {
  const element = h(
    'button',
    { type: 'button', role: 'switch', 'aria-checked': 'false', class: 'switch' },
    h('span', { class: 'switch-track', 'aria-hidden': 'true' }),
    h('span', { class: 'switch-label' }, label),
  )
  if (hint) element.append(h('span', { class: 'switch-hint' }, hint))
  element.addEventListener('click', () => onChange(element.getAttribute('aria-checked') !== 'true'))
  return { element, show: (on: boolean) => element.setAttribute('aria-checked', String(on)) }
}
