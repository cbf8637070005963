import type { RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { listenOnLoopback } from '../../../devtools/src/loopback/listen'

const HERE = new URL('./', import.meta.url)

/** As any web server answers what it does not have. */
const notFound: RequestListener = (_, response) => void response.writeHead(404).end()

/** A page that runs one of the scripts here, bundled from the sources; `other` answers every other path. */
export async function startPageServer(script: string, other: RequestListener = notFound) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(script, HERE))],
    // The packages' own names mean the sources here, as in the tests: `paths` says so.
    tsconfig: fileURLToPath(new URL('../../../tsconfig.json', HERE)),
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const page =
    '<!doctype html><title>Test</title><link rel="icon" href="data:,"><body><script type="module" src="/script.js"></script>'
  const answers = new Map([
    ['/', { type: 'text/html; charset=utf-8', body: page }],
    ['/script.js', { type: 'text/javascript; charset=utf-8', body: outputFiles[0]!.text }],
  ])
  return listenOnLoopback((request, response) => {
    const answer = answers.get(request.url ?? '')
    if (answer) return void response.setHeader('content-type', answer.type).end(answer.body)
    other(request, response)
  })
}
