import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Options } from 'tsup'
import { noticesOf } from '../scripts/notices.mjs'

const shared: Options = { tsconfig: '../tsconfig.json', treeshake: true }

// The types' build takes `paths` from this folder unless told where they start.
const dts = { compilerOptions: { baseUrl: '..' } }

/** For apps, above all in browsers. In folders of their own, which are cleaned: a chunk's name has its content's hash. */
const browser: Options = {
  ...shared,
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'browser',
  dts,
  clean: true,
}

/**
 * For Node. Every file has a fixed name, so nothing needs to be cleaned away: `clean` would take the built pages, which
 * live in dist/ too, and each of the two builds would clean what the other had written.
 */
const node: Options = { ...shared, target: 'node20.19', platform: 'node', splitting: false, clean: false }

/** Who passes on a package's code passes on its terms. */
const writeNotices = (folder: string) => async () => {
  const { inputs } = JSON.parse(readFileSync(`${folder}/metafile-esm.json`, 'utf8')) as { inputs: object }
  const root = fileURLToPath(new URL('..', import.meta.url))
  const paths = Object.keys(inputs).map((path) => relative(root, resolve(path)))
  writeFileSync(`${folder}/notices.txt`, `${noticesOf(paths, root)}\n`)
  for (const format of ['esm', 'cjs']) rmSync(`${folder}/metafile-${format}.json`, { force: true })
}

export default defineConfig([
  {
    ...browser,
    // What an app does not use it does not get: each export is a file, which a bundler drops as a whole.
    entry: [
      'src/index.ts',
      'src/panel/mount-panel.ts',
      'src/recorder/create-recorder.ts',
      'src/bridges/{console,inspector,performance-track,redux-devtools,stately-inspect}.ts',
    ],
    outDir: 'dist/browser',
    // The panel is loaded when it is first opened; for CJS too.
    splitting: true,
    // None of these files does anything when it is loaded: an import that gives nothing can go. Bundlers warn of it.
    treeshake: { moduleSideEffects: false },
  },
  {
    ...browser,
    entry: { index: 'src/bridges/xstate-inspect/index.ts' },
    outDir: 'dist/xstate-inspect',
    splitting: false,
    metafile: true,
    // XState 4 meets nobody else's XState in here.
    noExternal: ['@xstate/inspect', 'xstate', 'fast-safe-stringify'],
    // XState 4 asks for it by name, and a browser has no `process`.
    define: { 'process.env.NODE_ENV': '"production"' },
    onSuccess: writeNotices('dist/xstate-inspect'),
  },
  { ...node, entry: { node: 'src/node/index.ts' }, format: ['esm', 'cjs'], dts },
  { ...node, entry: { cli: 'src/cli.ts' }, format: ['esm'] },
])
