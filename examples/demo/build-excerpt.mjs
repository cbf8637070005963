// A source file as coloured lines, for the page that is built from it: what is shown cannot drift from what runs.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'

/** @param {ts.SyntaxKind} kind */
function kindOf(kind) {
  if (kind >= ts.SyntaxKind.FirstKeyword && kind <= ts.SyntaxKind.LastKeyword) return 'keyword'
  if (kind === ts.SyntaxKind.StringLiteral) return 'string'
  return kind === ts.SyntaxKind.SingleLineCommentTrivia ? 'comment' : ''
}

/**
 * @param {string} source
 * @returns {{ kind: string, text: string }[][]} The lines, each in pieces.
 */
export function colouredLines(source) {
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    false,
    ts.LanguageVariant.Standard,
    source.trimEnd(),
  )
  /** @type {{ kind: string, text: string }[][]} */
  const lines = [[]]
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.NewLineTrivia) lines.push([])
    else lines.at(-1)?.push({ kind: kindOf(token), text: scanner.getTokenText() })
  }
  return lines
}

/** `import { lines } from './file?excerpt'` @type {import('esbuild').Plugin} */
export const excerptPlugin = {
  name: 'excerpt',
  setup(build) {
    build.onResolve({ filter: /\?excerpt$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace(/\?excerpt$/, '.ts')),
      namespace: 'excerpt',
    }))
    build.onLoad({ filter: /.*/, namespace: 'excerpt' }, ({ path }) => ({
      contents: `export const lines = ${JSON.stringify(colouredLines(readFileSync(path, 'utf8')))}`,
    }))
  },
}
