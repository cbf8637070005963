import ts from 'typescript'
import { readText } from './repo'

/** Where a global may be reached through. */
const HOSTS = ['globalThis', 'window', 'self', 'global']

/**
 * The global values that a TypeScript file uses, dotted as written (`Date.now`, `setTimeout`), and `new Date()` for
 * a date without arguments. Comments, strings, types, members (`clock.setTimeout`) and keys do not count.
 */
export function globalsUsed(path: string, text = readText(path)): Set<string> {
  const used = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return
    if (ts.isNewExpression(node) && named(node.expression) === 'Date' && !node.arguments?.length) {
      used.add('new Date()')
    }
    if (ts.isPropertyAccessExpression(node)) {
      const owner = named(node.expression)
      if (owner) used.add(`${owner}.${node.name.text}`)
    }
    if (ts.isExpression(node) && !isKey(node)) {
      const name = named(node)
      if (name) used.add(name)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true))
  return used
}

/** `Date`, and `globalThis.Date` alike. */
function named(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  return HOSTS.includes(node.expression.text) ? node.name.text : undefined
}

/** What names something of its own: a member, a property, a declaration. */
function isKey(node: ts.Expression): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  if (ts.isShorthandPropertyAssignment(parent)) return false
  if (ts.isBindingElement(parent)) return parent.initializer !== node
  return 'name' in parent && parent.name === node
}
