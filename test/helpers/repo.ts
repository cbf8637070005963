import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

const ignored = readText('.gitignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const folders = ['.git/', ...ignored.filter((line) => line.endsWith('/'))]
const endings = ignored.filter((line) => line.startsWith('*')).map((line) => line.slice(1))

/**
 * Every file that is, or is about to be, in the repo, by its path from the root. Asks no git, which a machine with
 * only Node has not, and which refuses to look at a folder that belongs to somebody else.
 */
export function repoFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder + entry.name
    if (entry.isDirectory()) return folders.includes(`${entry.name}/`) ? [] : repoFiles(`${path}/`)
    return endings.some((ending) => path.endsWith(ending)) ? [] : [path]
  })
}

export interface Import {
  readonly specifier: string
  readonly typeOnly: boolean
}

/** What a TypeScript file imports and re-exports, as the compiler reads it: `import('…')` in types and code too. */
export function importsOf(path: string, text = readText(path)): Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({
        specifier: node.moduleSpecifier.text,
        typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
      })
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly })
    }
    if (ts.isCallExpression(node) && isLoading(node.expression)) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteralLike(argument)) {
        found.push({ specifier: argument.text, typeOnly: false })
      }
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument
      if (ts.isStringLiteral(literal)) found.push({ specifier: literal.text, typeOnly: true })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const isLoading = (callee: ts.Expression): boolean =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
