import { fencesOf } from '../helpers/fences'
import { readText } from '../helpers/repo'

/** The recipe's block that exports that function, as it stands in the document. */
export function recipeOf(name: string): string {
  const blocks = fencesOf('docs/recipes.md', readText('docs/recipes.md')).filter(({ text }) =>
    text.includes(`export function ${name}(`),
  )
  if (blocks.length !== 1) throw new Error(`docs/recipes.md has ${blocks.length} blocks that export ${name}.`)
  return blocks[0]!.text
}
