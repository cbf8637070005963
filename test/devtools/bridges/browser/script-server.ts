import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'
import { listenOnLoopback } from '../../../../devtools/src/loopback/listen'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Serves a page that runs one of the scripts here, bundled from the sources; an origin for each. */
export async function serveScript(script: string): Promise<{ origin: string; script: string }> {
  const { outputFiles } = await build({
    entryPoints: [here(script)],
    tsconfig: here('../../../../tsconfig.json'),
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const text = outputFiles[0]!.text
  const page =
    '<!doctype html><title>Test</title><link rel="icon" href="data:,"><body><script type="module" src="/script.js"></script>'
  const { origin, close } = await listenOnLoopback(({ url }, response) => {
    const isScript = url === '/script.js'
    response
      .setHeader('content-type', `text/${isScript ? 'javascript' : 'html'}; charset=utf-8`)
      .end(isScript ? text : page)
  })
  onTestFinished(close)
  return { origin, script: text }
}
