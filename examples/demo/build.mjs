// Builds the demo into devtools/dist/demo, where `livekit-token-devtools dev` serves it from.
//   node examples/demo/build.mjs
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { noticesOf } from '../../scripts/notices.mjs'
import { excerptPlugin } from './build-excerpt.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const HERE = join(ROOT, 'examples/demo')

/** @param {string} outdir A folder of its own: what is in it goes away. */
export async function buildDemo(outdir) {
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [join(HERE, 'main.ts'), join(HERE, 'styles/main.css')],
    entryNames: '[name]',
    outdir,
    // The packages' own names mean the sources here, as in the tests: `paths` says so.
    tsconfig: join(ROOT, 'tsconfig.json'),
    bundle: true,
    // The panel is loaded when it is first opened.
    splitting: true,
    external: ['ws'],
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    plugins: [excerptPlugin],
  })
  for (const file of ['index.html', 'icon.svg']) cpSync(join(HERE, file), join(outdir, file))
  writeFileSync(join(outdir, 'notices.txt'), `${noticesOf(Object.keys(metafile.inputs), ROOT)}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildDemo(join(ROOT, 'devtools/dist/demo'))
