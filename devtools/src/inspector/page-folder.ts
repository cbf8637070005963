import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Beside the built module, and from the source. */
const FOLDERS = ['inspector', '../../dist/inspector']

/** The folder of the built page; null when it is not built. */
export function pageFolder(): string | null {
  // CJS has the one, ESM the other.
  const here = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url))
  return (
    FOLDERS.map((path) => join(here, path)).find((folder) => existsSync(join(folder, 'index.html'))) ?? null
  )
}
