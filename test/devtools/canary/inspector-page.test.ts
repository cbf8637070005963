import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { LoopbackServer } from '../../../devtools/src/loopback/listen'
import { describeWithBrowser } from '../../helpers/browser'
import { type Bench, startBench } from '../inspector-page/open-inspector'
import { send } from '../inspector-page/senders'
import { serveApp } from './app-page'
import { createCanary } from './canary'
import { tellOfVersion4, tellOfVersion5 } from './foreign-senders'
import { leaks } from './leaks'
import { type Overhearing, overhear } from './overhear'
import type {} from './panel-app'
import { stories } from './stories'

const SLOW = 120_000

describeWithBrowser('In the inspector’s page', () => {
  let bench: Bench
  let server: LoopbackServer

  beforeAll(async () => {
    ;[bench, server] = await Promise.all([startBench(), serveApp()])
  }, SLOW)

  afterAll(() => Promise.all([bench?.close(), server?.close()]))

  async function open() {
    // Not before the bench: that has it serve the page as it is built now.
    const { startInspector } = await import('../../../devtools/src/inspector/start-inspector')
    const inspector = await startInspector({ allowedOrigins: [server.origin, bench.app.origin] })
    onTestFinished(() => inspector.close())
    const { context } = await bench.context()
    onTestFinished(() => context.close())
    context.setDefaultTimeout(60_000)
    return { context, url: inspector.url, ears: await overhear(context) }
  }

  const drawn = (page: Page) =>
    page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    )

  it.each(Object.keys(stories))(
    'no part of a token of an app that is connected comes out when %s',
    async (story) => {
      const { context, url, ears } = await open()
      const app = await context.newPage()
      await app.goto(server.origin)
      await app.waitForFunction(() => 'startCanaryApp' in globalThis)
      await app.evaluate((options) => startCanaryApp(options), { story, inspector: url })
      const page = await context.newPage()
      await page.goto(url)
      await page.getByRole('option', { name: /Token stores/ }).click()
      await app.evaluate(() => canaryApp.tell())
      const panel = page.getByRole('region', { name: 'Token devtools' })
      await panel.locator('.row', { hasText: 'disposed' }).first().waitFor()
      for (const name of ['Events', 'Inspect', 'Chart', 'Timeline', 'Controls', 'Overview']) {
        await panel.getByRole('tab', { name }).click()
        await panel.getByRole('tabpanel', { name }).waitFor()
        await drawn(page)
        await ears.look(page)
      }
      const list = panel.getByRole('listbox', { name: 'Events' })
      for (let stop = 0; stop <= 6; stop += 1) {
        await list.evaluate(
          (element, part) => element.scrollTo({ top: element.scrollHeight * part }),
          stop / 6,
        )
        await drawn(page)
        await list.getByRole('option').first().dispatchEvent('click')
        await drawn(page)
        await ears.look(page)
      }
      const secrets = await app.evaluate(() => canaryApp.secrets())
      const all = await ears.all(page)
      expect(all.sockets).toContain('"records"')
      for (const [place, text] of Object.entries(all))
        expect([place, leaks(text, secrets)]).toEqual([place, []])
    },
    SLOW,
  )

  it.each([
    ['@xstate/inspect', tellOfVersion4, true],
    ['@statelyai/inspect', tellOfVersion5, false],
  ] as const)(
    'no part of a token comes out that is in another’s machine, told by %s',
    async (_protocol, tell, isOld) => {
      const { context, url, ears } = await open()
      const canary = createCanary()
      canary.issue({ now: 1_700_000_000_000 })
      const { token, payload, signature } = canary.last
      const secrets = [token, payload, signature]
      const app = await context.newPage()
      await app.goto(bench.app.origin)
      const [page] = await Promise.all([context.waitForEvent('page'), tell(app, { url, token, payload })])
      await page.getByRole('heading', { name: 'washer [token]', level: 2 }).waitFor()
      await send(app, 'START')
      await page.locator('.now .state', { hasText: '[token]' }).waitFor()
      await send(app, 'END')
      await page
        .locator('.badge', { hasText: /done|stopped/ })
        .first()
        .waitFor()
      await page.getByText('The chart as text').click()
      const options = page.getByRole('listbox', { name: 'Stores and actors' }).getByRole('option')
      for (let actor = 0; actor < (await options.count()); actor += 1) {
        await options.nth(actor).click()
        await lookAtEvents(page, ears, page.locator('.event'))
      }
      await options.first().click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save JSON' }).click(),
      ])
      const saved = await readFile(await download.path(), 'utf8')
      ears.add('the saved file', `${download.suggestedFilename()}\n${saved}`)
      const { messages = '', ...all } = await ears.all(page)
      expect(all['the page’s DOM']).toContain('seen')
      expect(all['the page’s DOM']).toContain('[token]')
      for (const [place, text] of Object.entries(all))
        expect([place, leaks(text, secrets)]).toEqual([place, []])
      // What the app itself posts to the page is raw, and the one place where it may be.
      expect(leaks(messages, secrets)).not.toEqual([])
      expect(messages).toContain(isOld ? 'service.register' : '@xstate.actor')
    },
    SLOW,
  )

  it('a leak would be found: a signature by itself, which nobody can know from other words', async () => {
    const { context, url, ears } = await open()
    const canary = createCanary()
    canary.issue({ now: 1_700_000_000_000 })
    const { signature } = canary.last
    const app = await context.newPage()
    await app.goto(bench.app.origin)
    const [page] = await Promise.all([
      context.waitForEvent('page'),
      tellOfVersion5(app, { url, token: signature, payload: 'working' }),
    ])
    await page.getByRole('heading', { name: 'washer working', level: 2 }).waitFor()
    await lookAtEvents(page, ears, page.locator('.event'))
    const found = Object.entries(await ears.all(page)).filter(
      ([, text]) => leaks(text, [signature]).length > 0,
    )
    expect(found.map(([place]) => place)).toEqual(['the page’s DOM', 'messages'])
  })

  /** Each event with all that it has, opened to the bottom. */
  async function lookAtEvents(page: Page, ears: Overhearing, events: Locator) {
    for (let index = 0; index < (await events.count()); index += 1) {
      await events.nth(index).click()
      const closed = page.locator('.detail details:not([open]) > summary')
      while ((await closed.count()) > 0) await closed.first().click()
      await ears.look(page)
    }
  }
})
