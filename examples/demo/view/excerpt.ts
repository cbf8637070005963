import { h } from '../dom'
import { lines } from '../tokens?excerpt'

/** The source file that makes the store of this very page, as it was when the page was built. */
export function createExcerpt(): HTMLElement {
  const code = h('code')
  for (const line of lines) {
    code.append(
      ...line.map(({ kind, text }) => (kind ? h('span', { class: `code-${kind}` }, text) : text)),
      '\n',
    )
  }
  return h('pre', { class: 'excerpt', tabindex: '0', role: 'region', 'aria-label': 'tokens.ts' }, code)
}
