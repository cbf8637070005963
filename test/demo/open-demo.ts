import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startDemoServer } from '../../devtools/src/demo-server'
import { startTokenEndpoint } from '../../devtools/src/endpoint/start-token-endpoint'
import { buildDemo } from '../../examples/demo/build.mjs'
import { launchBrowser } from '../helpers/browser'

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

/** The endpoint, the page as it is built, and a browser, as `npm start` has them. */
export async function startDemo(): Promise<Demo> {
  const root = await mkdtemp(join(tmpdir(), 'demo-'))
  await buildDemo(root)
  const endpoint = await startTokenEndpoint()
  const server = await startDemoServer({ root, endpointUrl: endpoint.url })
  const browser = await launchBrowser()
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
