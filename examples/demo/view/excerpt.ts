import { lines as joinLines } from '../call/join?excerpt'
import { h } from '../dom'
import { lines as tokensLines } from '../tokens?excerpt'

type Lines = typeof tokensLines

/** The source files that make the store of this very page and join its rooms, as they were when it was built. */
export const createExcerpts = (): HTMLElement =>
  h('div', {}, excerpt('tokens.ts', tokensLines), excerpt('call/join.ts', joinLines))

function excerpt(name: string, lines: Lines): HTMLElement {
  const code = h('code')
  for (const line of lines) {
    code.append(
      ...line.map(({ kind, text }) => (kind ? h('span', { class: `code-${kind}` }, text) : text)),
      '\n',
    )
  }
  const shown = h('pre', { class: 'excerpt', tabindex: '0', role: 'region', 'aria-label': name }, code)
  return h('figure', { class: 'source' }, h('figcaption', {}, h('code', {}, name)), shown)
}
