import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { listenOnLoopback } from '../../../devtools/src/loopback/listen'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** XState 4 lives in the devtools' own folder, XState 5 at the root. */
const BUNDLES = {
  '/v4.js': {
    resolveDir: `${ROOT}devtools`,
    contents: `import { inspect } from '@xstate/inspect'
      import { assign, createMachine, interpret } from 'xstate'
      globalThis.v4 = { inspect, assign, createMachine, interpret }`,
  },
  '/v5.js': {
    resolveDir: ROOT,
    contents: `import { createBrowserInspector, createWebSocketInspector } from '@statelyai/inspect'
      import { assign, createActor, createMachine, fromCallback, fromPromise, sendTo } from 'xstate'
      globalThis.v5 = { createBrowserInspector, createWebSocketInspector, assign, createActor, createMachine,
        fromCallback, fromPromise, sendTo }`,
  },
}

const PAGE = `<!doctype html><title>An app</title><iframe title="Inspector" data-xstate width="1000" height="700"></iframe>
  <script src="v4.js"></script><script src="v5.js"></script>`

export interface AppServer {
  /** An origin of its own. */
  readonly origin: string
  close(): Promise<void>
}

/** A page that has the real `@xstate/inspect` as `v4` and the real `@statelyai/inspect` as `v5`. */
export async function startAppServer(): Promise<AppServer> {
  const scripts = new Map<string, string>()
  for (const [path, stdin] of Object.entries(BUNDLES)) {
    const { outputFiles } = await build({
      stdin,
      bundle: true,
      write: false,
      format: 'iife',
      define: { 'process.env.NODE_ENV': '"development"' },
      logLevel: 'error',
    })
    scripts.set(path, outputFiles[0]?.text ?? '')
  }
  const server = await listenOnLoopback((request, response) => {
    const script = scripts.get(request.url ?? '')
    response.writeHead(200, { 'Content-Type': script ? 'text/javascript' : 'text/html' }).end(script ?? PAGE)
  })
  return { origin: server.origin, close: server.close }
}
