import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { startDemoServer } from '../../devtools/src/demo-server'
import { startTokenEndpoint } from '../../devtools/src/endpoint/start-token-endpoint'
import { buildDemo } from '../../examples/demo/build.mjs'
import { findBrowser } from '../../scripts/find-browser.mjs'
import { launchBrowser } from '../helpers/browser'
import { API_KEY, API_SECRET } from '../helpers/livekit-server'

type Context = Parameters<Browser['newPage']>[0]

export interface Demo {
  /** A page of its own, with what it said to the console and what its policy refused. */
  open(search?: string, context?: Context): Promise<OpenPage>
  close(): Promise<void>
}

export interface OpenPage {
  readonly page: Page
  /** Every line of the console, and every uncaught error. */
  readonly said: string[]
  /** What the page was answered by the endpoint, raw: to know what to look for. */
  readonly tokens: string[]
}

export interface DemoOptions {
  /** Default: null, there is no server to join. */
  livekitUrl?: string | null
  /** Default: the browser as it is, without a camera. */
  browser?: () => Promise<Browser>
}

/** The endpoint, the page as it is built, and a browser, as `npm start` has them. */
export async function startDemo({
  livekitUrl = null,
  browser: launch = launchBrowser,
}: DemoOptions = {}): Promise<Demo> {
  const root = await mkdtemp(join(tmpdir(), 'demo-'))
  await buildDemo(root)
  const endpoint = await startTokenEndpoint(
    livekitUrl === null ? {} : { serverUrl: livekitUrl, apiKey: API_KEY, apiSecret: API_SECRET },
  )
  const server = await startDemoServer({ root, endpointUrl: endpoint.url, livekitUrl })
  const browser = await launch()
  return {
    async open(search = '', context = {}) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...context })
      const said: string[] = []
      const tokens: string[] = []
      page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
      page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`))
      page.on('response', async (response) => {
        if (!response.url().startsWith(endpoint.url) || response.status() !== 201) return
        const body = (await response.json().catch(() => null)) as { participant_token?: string } | null
        if (body?.participant_token) tokens.push(body.participant_token)
      })
      await page.goto(server.url + search)
      return { page, said, tokens }
    },
    async close() {
      await browser.close()
      await Promise.all([server.close(), endpoint.close()])
      await rm(root, { recursive: true })
    },
  }
}

/**
 * What was said and should not have been. When a connect takes over a second `connectRoom` asks whether there is a
 * LiveKit server at all, first without a token, and a browser tells of every answer that is a refusal.
 */
export const unexpected = (...pages: OpenPage[]): string[] =>
  pages
    .flatMap(({ said }) => said)
    .filter((line) => !/^error: Failed to load resource: .* status of 40[01]\b/.test(line))

/** A browser with a camera that shows a test picture, and nobody to ask whether a page may see it. */
export function launchBrowserWithCamera({ allowed }: { allowed: boolean }): Promise<Browser> {
  const found = findBrowser()
  if (!found) throw new Error('There is no browser here.')
  return chromium.launch({
    executablePath: found.path,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--use-fake-device-for-media-stream',
      allowed ? '--use-fake-ui-for-media-stream' : '--deny-permission-prompts',
    ],
  })
}
