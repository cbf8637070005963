import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type LoopbackServer, listenOnLoopback } from '../../../devtools/src/loopback/listen'
import { answerOf } from './stories'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The page has a frame of another origin beside it, as many have. */
const html = (stranger: string) =>
  `<!doctype html><html lang="en"><title>An app</title><link rel="icon" href="data:,">
<script type="module" src="/panel-app.js"></script><main><h1>An app</h1></main><iframe title="A stranger" src="${stranger}"></iframe>`

/** Serves the app, and an endpoint at `/token` that answers as it is ordered to. */
export async function serveApp(): Promise<LoopbackServer> {
  const { outputFiles } = await build({
    entryPoints: [here('./panel-app.ts')],
    tsconfig: here('../../../tsconfig.json'),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: here('./built'),
    write: false,
    alias: { 'node:events': 'events' },
    external: ['ws'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const files = new Map(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]))
  const stranger = await listenOnLoopback((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>A stranger</title>')
  })
  const server = await listenOnLoopback(({ url = '/', headers }, response) => {
    const order = headers['x-answer']
    if (url === '/token') {
      const { status, statusText = 'OK', headers: own, body } = answerOf(String(order))
      response.writeHead(status, statusText, own).end(body)
      return
    }
    const script = files.get(url)
    const type = script === undefined ? 'text/html' : 'text/javascript'
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(script ?? html(stranger.origin))
  })
  return {
    origin: server.origin,
    async close() {
      await Promise.all([server.close(), stranger.close()])
    },
  }
}
