import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { onTestFinished, vi } from 'vitest'
import { type Inspector, startInspector } from '../../../devtools/src/inspector/start-inspector'
import { buildInspectorPage } from '../../../devtools/src/inspector-page/build.mjs'
import { launchBrowser } from '../../helpers/browser'
import { type AppServer, startAppServer } from './apps'

// The page as it is built now, whatever lies in dist.
const built = vi.hoisted(() => ({ folder: '' }))
vi.mock('../../../devtools/src/inspector/page-folder', () => ({ pageFolder: () => built.folder }))

export type ContextOptions = Parameters<Browser['newContext']>[0]

export interface Bench {
  /** An inspector of its own, which is closed after the test; `app` may send to it. */
  inspector(options?: { port?: number }): Promise<Inspector>
  /** A page whose origin is listed, and one whose origin is not. */
  readonly app: AppServer
  readonly evil: AppServer
  /** A browser of its own; `said` has each line of any page's console, and each uncaught error. */
  context(options?: ContextOptions): Promise<{ context: BrowserContext; said: string[] }>
  close(): Promise<void>
}

/** The built page for any number of inspectors, two apps, and a browser. */
export async function startBench(): Promise<Bench> {
  built.folder = await mkdtemp(join(tmpdir(), 'inspector-'))
  await buildInspectorPage(built.folder)
  const [app, evil] = await Promise.all([startAppServer(), startAppServer()])
  const browser = await launchBrowser()
  return {
    async inspector(options = {}) {
      const started = await startInspector({ ...options, allowedOrigins: [app.origin] })
      onTestFinished(() => started.close())
      return started
    },
    app,
    evil,
    async context(options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
      const said: string[] = []
      context.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
      context.on('weberror', (error) => said.push(`uncaught: ${error.error().message}`))
      return { context, said }
    },
    async close() {
      await browser.close()
      await Promise.all([app.close(), evil.close()])
      await rm(built.folder, { recursive: true })
    },
  }
}

/** All that the page holds as text or as an attribute, in shadow roots too. */
export const wholeDom = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const parts: string[] = []
    const walk = (node: Node) => {
      if (node instanceof Element) {
        parts.push(...[...node.attributes].map(({ value }) => value))
        if (node.shadowRoot) walk(node.shadowRoot)
      } else parts.push(node.textContent ?? '')
      for (const child of node.childNodes) walk(child)
    }
    walk(document.documentElement)
    return parts.join('\n')
  })
