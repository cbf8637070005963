import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser, Locator, Page } from 'playwright-core'
import { listenOnLoopback } from '../../../devtools/src/loopback/listen'
import { launchBrowser } from '../../helpers/browser'

type Context = Parameters<Browser['newPage']>[0]

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What an app with something to lose would send. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; base-uri 'none'"
const HTML = `<!doctype html><html lang="en"><title>An app</title><script type="module" src="/page.js"></script>
<main><h1>An app</h1><label>Name <input></label></main>`
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface OpenPanel {
  readonly page: Page
  readonly panel: Locator
  readonly trigger: Locator
  /** Every line of the console, and every uncaught error. */
  readonly said: string[]
  /** What was asked of the server, by path. */
  readonly asked: string[]
}

/** The panel in an app's page, as a bundler would build it, and a browser. */
export async function startPanelPages() {
  const built = await build({
    entryPoints: [here('./page.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: here('./built'),
    write: false,
    alias: { 'livekit-token-store': here('../../../src/index.ts') },
  })
  const files = new Map(built.outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]))
  const server = await listenOnLoopback(({ url = '/' }, response) => {
    const script = files.get(url)
    if (script) response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script)
    else if (url !== '/') response.writeHead(404).end()
    else response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': POLICY }).end(HTML)
  })
  const browser = await launchBrowser()
  return {
    async open(options: Parameters<Window['startApp']>[0] = {}, context: Context = {}): Promise<OpenPanel> {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...context })
      page.setDefaultTimeout(30_000)
      const said: string[] = []
      const asked: string[] = []
      page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
      page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`))
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await page.goto(server.origin)
      await page.waitForFunction(() => window.startApp)
      await page.evaluate(async (given) => void (await window.startApp(given).fetched), options)
      const host = page.locator('token-devtools')
      return {
        page,
        said,
        asked,
        panel: host.getByRole('region', { name: 'Token devtools' }),
        trigger: host.locator('.trigger'),
      }
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

export type PanelPages = Awaited<ReturnType<typeof startPanelPages>>

/** What axe objects to, shadow roots included. The page must have been opened with `bypassCSP`, for axe's own sake. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    interface Found {
      id: string
      nodes: { target: string[] }[]
    }
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Found[] }> } }
    const { violations } = await axe.run()
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )
  })
}

/** The rows of the list that are in the page. */
export const events = (panel: Locator): Locator =>
  panel.getByRole('listbox', { name: 'Events' }).getByRole('option')

/** The element that has the focus, inside the shadow root too: its role or tag, and its name. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element =
      document.querySelector('token-devtools')?.shadowRoot?.activeElement ?? document.activeElement
    const name = element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    return `${element?.getAttribute('role') ?? element?.tagName.toLowerCase()} ${name}`
  })
