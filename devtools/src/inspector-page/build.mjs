// Builds the inspector's page into devtools/dist/inspector, where the inspector serves it from.
//   node devtools/src/inspector-page/build.mjs
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { noticesOf } from '../../../scripts/notices.mjs'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const HERE = join(ROOT, 'devtools/src/inspector-page')

/** @param {string} outdir A folder of its own: what is in it goes away. */
export async function buildInspectorPage(outdir = join(ROOT, 'devtools/dist/inspector')) {
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [join(HERE, 'main.tsx'), join(HERE, 'styles/main.css')],
    entryNames: '[name]',
    chunkNames: 'chunk-[hash]',
    outdir,
    // The packages' own names mean the sources here, as in the tests: `paths` says so.
    tsconfig: join(ROOT, 'tsconfig.json'),
    bundle: true,
    // The panel and the chart's layout run when something is to be shown with them.
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  })
  cpSync(join(HERE, 'icon.svg'), join(outdir, 'icon.svg'))
  writeFileSync(join(outdir, 'index.html'), indexHtml(outdir))
  writeFileSync(join(outdir, 'notices.txt'), `${noticesOf(Object.keys(metafile.inputs), ROOT)}\n`)
}

/**
 * The page names all of its chunks: they run when they are needed, but are fetched at once. By then the server that
 * they come from may be gone, as pages outlive the process that they watch.
 */
function indexHtml(/** @type {string} */ outdir) {
  const links = readdirSync(outdir)
    .filter((file) => /^chunk-.*\.js$/.test(file))
    .sort()
    .map((file) => `<link rel="modulepreload" href="${file}" />`)
  return readFileSync(join(HERE, 'index.html'), 'utf8').replace('<!-- chunks -->', links.join('\n    '))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildInspectorPage()
