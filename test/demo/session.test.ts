import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildInspectorPage } from '../../devtools/src/inspector-page/build.mjs'
import type { TokenRecord } from '../../devtools/src/recorder/record'
import { readSession } from '../../devtools/src/recorder/session-file'
import { describeWithBrowser, launchBrowser } from '../helpers/browser'
import { livekitMissing, type RunningServer, startLiveKit } from '../helpers/livekit-server'
import { type Demo, type OpenPage, startDemo } from './open-demo'
import { roomOf } from './room-of'

const SOON = { timeout: 30_000 }

/** Short enough for a token to live through everything within seconds; the server takes it a minute longer. */
const SHORT = '?ttl=16'

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

describe.skipIf(livekitMissing)('A session of the demo', () => {
  describeWithBrowser('recorded by its panel', () => {
    let livekit: RunningServer
    let demo: Demo
    let browser: Browser
    let pages: string
    let open: OpenPage
    let file: string

    beforeAll(async () => {
      livekit = await startLiveKit()
      pages = await mkdtemp(join(tmpdir(), 'session-'))
      await buildInspectorPage(join(pages, 'inspector'))
      demo = await startDemo({ livekitUrl: livekit.url })
      browser = await launchBrowser()
      open = await demo.open(SHORT, { viewport: { width: 1360, height: 900 } })
      file = join(pages, 'session.json')
      await writeFile(file, await live(open))
    }, 240_000)

    afterAll(async () => {
      await Promise.all([browser?.close(), demo?.close()])
      await livekit?.stop()
      if (pages) await rm(pages, { recursive: true })
    })

    const records = async () => readSession(await readFile(file, 'utf8'))

    it('has the whole story of the token and of its room', async () => {
      const lobby = (await records()).filter(({ request }) => request.roomName === 'lobby')
      const states = lobby.filter(({ type }) => type === 'state').map(({ to }) => to)
      expect(states.join(' ')).toMatch(/^fetching valid( \w+)* expiring refreshing valid/)
      const failed = lobby.findIndex(({ type }) => type === 'attempt-failed')
      expect(lobby[failed]?.detail).toMatchObject({ code: 'fetch-failed', status: 503 })
      expect(lobby.slice(failed).some(isRecovery)).toBe(true)
      const room = lobby.flatMap(({ detail }) => detail.room ?? [])
      expect(room.join(' ')).toMatch(/^connecting connected reconnecting connected/)
      expect(lobby.map(({ sequence }) => sequence)).toEqual(
        lobby.map(({ sequence }) => sequence).sort(ascending),
      )
    })

    it('has no token in it, though the page had many', async () => {
      const text = await readFile(file, 'utf8')
      expect(open.tokens.length).toBeGreaterThan(3)
      for (const token of open.tokens)
        for (const part of [token, ...token.split('.').slice(1)]) expect(text).not.toContain(part)
    })

    it('is read in a fresh browser that has no network, as it was', async () => {
      const page = await freshPage(browser, join(pages, 'inspector'))
      await page.getByRole('button', { name: 'Open a session file' }).first().waitFor(SOON)
      await page.locator('input[type=file]').first().setInputFiles(file)
      const panel = page.locator('token-devtools')
      await panel.getByRole('tab', { name: 'Events' }).waitFor(SOON)
      await panel.getByRole('tab', { name: 'Events' }).click()
      // Until then the search field is the overview's, which is about to go.
      await panel.locator('[data-tab=events] .search').waitFor(SOON)
      const found = panel.getByRole('listbox').getByRole('option').first()
      await panel.getByRole('searchbox').fill('503 lobby')
      await expect.poll(() => found.innerText()).toContain('503')
      await panel.getByRole('searchbox').fill('')
      await panel.getByRole('tab', { name: 'Overview' }).click()
      await panel.getByText('room connected').first().waitFor(SOON)
      await panel.getByText('An imported session').first().waitFor(SOON)
      const shot = process.env.SESSION_SCREENSHOT
      if (shot) await page.screenshot({ path: shot })
      await page.close()
    })
  })
})

const ascending = (a: number, b: number) => a - b
const isRecovery = ({ from, to, detail }: TokenRecord) =>
  to === 'valid' && (from === 'refreshing' || from === 'fetching') && detail.code === undefined

/** What somebody does who tries everything; returns what the panel exports. */
async function live({ page }: OpenPage): Promise<string> {
  await page.getByRole('button', { name: 'Tokens' }).click()
  const panel = page.locator('token-devtools')
  const lobby = roomOf(page, 'Lobby')
  await lobby.join()
  await told(page, /expiring → refreshing/)
  await lobby.token('valid')
  const endpointDown = page.getByRole('switch', { name: 'Endpoint down' })
  await endpointDown.click()
  await told(page, /failed: fetch-failed \(503\)/)
  await endpointDown.click()
  // The newest line is the first.
  await told(page, /refreshing → valid token \d.* failed: fetch-failed \(503\)/)
  await lobby.press('Drop the signal')
  await lobby.connection('reconnecting')
  await lobby.connection('connected')
  await panel.getByRole('tab', { name: 'Controls' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Export' }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}

/** Waits until the page's history says so of the lobby. */
const told = (page: Page, what: RegExp) =>
  page.waitForFunction(
    (source) => {
      const lines = [...document.querySelectorAll<HTMLElement>('#history [data-room=lobby]')]
      return new RegExp(source).test(lines.map(({ innerText }) => innerText.replace(/\s+/g, ' ')).join(' '))
    },
    what.source,
    SOON,
  )

/** A page of its own browser context that is given the inspector's files, and nothing else in the world. */
async function freshPage(browser: Browser, folder: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1360, height: 760 }, colorScheme: 'dark' })
  await page.route('**/*', async (route) => {
    const { hostname, pathname } = new URL(route.request().url())
    const path = pathname === '/' ? '/index.html' : pathname
    const body =
      hostname === 'inspector.invalid' ? await readFile(join(folder, path)).catch(() => null) : null
    if (body === null) return route.abort()
    await route.fulfill({
      body,
      contentType: TYPES[extname(path)] ?? 'application/octet-stream',
      headers: {
        'Content-Security-Policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'",
      },
    })
  })
  await page.goto('http://inspector.invalid/')
  return page
}
