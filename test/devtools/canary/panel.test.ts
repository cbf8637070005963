import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { LoopbackServer } from '../../../devtools/src/loopback/listen'
import { describeWithBrowser, launchBrowser } from '../../helpers/browser'
import { serveApp } from './app-page'
import { leaks } from './leaks'
import { type Overhearing, overhear } from './overhear'
import type {} from './panel-app'
import { stories } from './stories'

describeWithBrowser('In a page with the panel', () => {
  let browser: Browser
  let server: LoopbackServer

  beforeAll(async () => {
    server = await serveApp()
    browser = await launchBrowser()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  async function open(story: string) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    onTestFinished(() => context.close())
    context.setDefaultTimeout(60_000)
    const ears = await overhear(context)
    const page = await context.newPage()
    await page.goto(server.origin)
    await page.waitForFunction(() => 'startCanaryApp' in globalThis)
    await page.evaluate((told) => startCanaryApp({ story: told }), story)
    return { context, ears, page }
  }

  const secretsOf = (page: Page) => page.evaluate(() => canaryApp.secrets())
  const panelOf = (page: Page) => page.getByRole('region', { name: 'Token devtools' })

  it.each(Object.keys(stories))(
    'no part of a token comes out anywhere when %s',
    async (story) => {
      const { ears, page } = await open(story)
      await panelOf(page).getByRole('tab').first().waitFor()
      await page.evaluate(() => canaryApp.tell())
      await tour(page, ears)
      await takeAway(page, ears)
      const secrets = await secretsOf(page)
      expect(secrets.length).toBeGreaterThan(25)
      const all = await ears.all(page)
      expect(all['the page’s DOM']).toMatch(/<b >\s+disposed/)
      expect(all['performance entries']).toContain('track-entry')
      expect(all.console).toContain('disposed')
      for (const [place, text] of Object.entries(all))
        expect([place, leaks(text, secrets)]).toEqual([place, []])
    },
    120_000,
  )

  /** Looks at each pane, at each part of the list and what it inspects, at tips, and at moments of the past. */
  async function tour(page: Page, ears: Overhearing) {
    const panel = panelOf(page)
    for (const name of ['Chart', 'Timeline', 'Events', 'Inspect', 'Controls', 'Overview']) {
      await panel.getByRole('tab', { name }).click()
      await panel.getByRole('tabpanel', { name }).locator('*').nth(3).waitFor()
      await ears.look(page)
    }
    const list = panel.getByRole('listbox', { name: 'Events' })
    const height = await list.evaluate((element) => element.scrollHeight)
    const stops = 8
    for (let stop = 0; stop <= stops; stop += 1) {
      await list.evaluate((element, top) => element.scrollTo({ top }), (height * stop) / stops)
      await drawn(page)
      const rows = list.getByRole('option')
      await rows.nth(stop % (await rows.count())).dispatchEvent('click')
      await drawn(page)
      await ears.look(page)
    }
    const plot = panel.locator('.plot')
    const { width = 0 } = (await plot.boundingBox()) ?? {}
    for (let place = 1; place < 8; place += 1) {
      await plot.hover({ position: { x: (width * place) / 8, y: 12 + (place % 2) * 12 } })
      await panel.getByRole('tooltip').waitFor()
      await ears.look(page)
    }
    await panel.getByRole('slider').focus()
    for (const key of ['Home', 'ArrowRight', 'PageDown', 'PageDown', 'ArrowLeft']) {
      await page.keyboard.press(key)
      await drawn(page)
      await ears.look(page)
    }
    await panel.getByRole('button', { name: 'Back to live' }).click()
    // What a screen reader is told comes once a state has settled.
    await panel.getByRole('status').getByText(/./).waitFor({ state: 'attached' })
    await ears.look(page)
  }

  /** The session file, and the same read again; the diagram's text; a window of its own; the last one is left open. */
  async function takeAway(page: Page, ears: Overhearing) {
    const panel = panelOf(page)
    await panel.getByRole('tab', { name: 'Controls' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('button', { name: 'Export' }).click(),
    ])
    const path = await download.path()
    ears.add('the session file', `${download.suggestedFilename()}\n${await readFile(path, 'utf8')}`)
    await panel.getByRole('button', { name: 'Copy as Mermaid' }).click()
    await panel.getByText('Copied.').waitFor()
    ears.add('the clipboard', await page.evaluate(() => navigator.clipboard.readText()))
    await panel.getByLabel('Session file').setInputFiles(path)
    await panel.getByText('An imported session, for reading').waitFor()
    await ears.look(page)
    await panel.getByRole('button', { name: 'Close session' }).first().click()
    ears.add('the Redux DevTools extension', await page.evaluate(() => canaryApp.redux.everything))
    await page.evaluate(() => Reflect.deleteProperty(window, 'documentPictureInPicture'))
    const [popup] = await Promise.all([
      page.context().waitForEvent('page'),
      panel.getByRole('button', { name: 'Open in a window' }).click(),
    ])
    for (const name of ['Events', 'Inspect', 'Timeline', 'Chart']) {
      await panelOf(popup).getByRole('tab', { name }).click()
      await drawn(popup)
      await ears.look(popup)
    }
  }

  /** What was asked for is drawn by then. */
  const drawn = (page: Page) =>
    page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    )

  // What is planted there by hand, as a leak would put it there. Each runs in the page.
  const plants: Readonly<Record<string, (secret: string) => unknown>> = {
    'the page’s DOM': (secret) =>
      document
        .querySelector('token-devtools')
        ?.shadowRoot?.querySelector('[role=tab]')
        ?.setAttribute('aria-description', secret),
    console: (secret) => console.debug(`tokens/1: ${secret}`),
    // First, for requests are among them.
    'performance entries': (secret) => performance.mark('tokens/1', { detail: { devtools: { secret } } }),
    requests: (secret) => fetch(`/beacon?${secret}`),
    sockets: async (secret) => {
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/${secret}`)
      await new Promise((done) => socket.addEventListener('close', done))
    },
    localStorage: (secret) => localStorage.setItem('panel', JSON.stringify({ secret })),
    sessionStorage: (secret) => sessionStorage.setItem(secret, ''),
    'IndexedDB’s names': (secret) =>
      new Promise((done) => indexedDB.open(secret).addEventListener('success', done)),
    'the Cache API': async (secret) => (await caches.open('records')).put('/x', new Response(secret)),
    'the address': (secret) => history.replaceState(null, '', `#${secret}`),
    cookies: (secret) => {
      // biome-ignore lint/suspicious/noDocumentCookie: as a leak would
      document.cookie = `panel=${secret}`
    },
    messages: (secret) => frames[0]?.postMessage({ state: { secret } }, '*'),
  }

  it('a leak would be found, wherever it is', async () => {
    const { page, ears } = await open('all goes well')
    await panelOf(page).getByRole('tab').first().waitFor()
    const secrets = await secretsOf(page)
    for (const [place, text] of Object.entries(await ears.all(page)))
      expect([place, leaks(text, secrets)]).toEqual([place, []])
    const signature = await page.evaluate(() => canaryApp.canary.last.signature)
    for (const [place, plant] of Object.entries(plants)) {
      expect([place, leaks((await ears.all(page))[place] ?? '', secrets)]).toEqual([place, []])
      await page.evaluate(plant, signature)
      const found = async () => leaks((await ears.all(page))[place] ?? '', secrets).length
      await expect.poll(found, { timeout: 30_000, message: place }).toBeGreaterThan(0)
    }
  })

  it('a leak would be found in a broadcast, too', async () => {
    const { page, ears } = await open('all goes well')
    const signature = await page.evaluate(() => canaryApp.canary.last.signature)
    await page.evaluate((secret) => new BroadcastChannel('tokens').postMessage({ secret }), signature)
    expect(leaks((await ears.all(page)).messages ?? '', await secretsOf(page))).not.toEqual([])
  })
})
