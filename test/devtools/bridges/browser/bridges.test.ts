import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { describeWithBrowser, launchBrowser } from '../../../helpers/browser'
import { canaries } from '../../../helpers/printed'
import { signToken } from '../../../helpers/tokens'
import type { app as App } from './app'
import type { evil as Evil } from './evil'
import type { inspector as Inspector } from './inspector'
import { serveScript } from './script-server'

declare const app: typeof App
declare const evil: typeof Evil
declare const inspector: typeof Inspector

describeWithBrowser('The bridges in a real browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchBrowser()
  }, 120_000)

  afterAll(() => browser.close())

  /** The app's page, with the token that it is given. */
  async function openApp() {
    const { origin } = await serveScript('app.ts')
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    context.setDefaultTimeout(55_000)
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    page.on('console', (message) => errors.push(message.text()))
    const token = signToken({ issuedAt: Date.now() })
    await page.goto(`${origin}/#${encodeURIComponent(token)}`)
    await page.waitForFunction(() => 'app' in globalThis)
    return { page, errors, secrets: canaries(token) }
  }

  /** Connects one bridge to the receivers' page, which it opens. */
  async function openInspector(page: Page, bridge: 'connectStatelyInspect' | 'connectXStateInspect') {
    const { origin } = await serveScript('inspector.ts')
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate(([name, url]) => app.connect(name, url), [bridge, `${origin}/secret/`] as const),
    ])
    await popup.waitForFunction(() => 'inspector' in globalThis)
    return popup
  }

  const posted = (popup: Page) => popup.evaluate(() => JSON.stringify(inspector.posted))

  it('tell the real receiver of @statelyai/inspect, across origins, without a token', async () => {
    const { page, errors, secrets } = await openApp()
    const popup = await openInspector(page, 'connectStatelyInspect')
    await page.evaluate(() => app.live())
    await popup.waitForFunction(() => JSON.stringify(inspector.stately).includes('"type":"invalidated"'))
    const all = await popup.evaluate(() => JSON.stringify(inspector.stately))
    for (const part of ['@xstate.actor', 'attempt-failed', '"value":"valid"', '"value":"refreshing"'])
      expect(all).toContain(part)
    for (const secret of secrets) expect((await posted(popup)).includes(secret)).toBe(false)
    await page.evaluate(() => app.stop())
    await popup.waitForFunction(() => JSON.stringify(inspector.posted).includes('@statelyai.disconnected'))
    expect(errors).toEqual([])
  })

  it('tell the real receiver of @xstate/inspect, across origins, without a token', async () => {
    const { page, errors, secrets } = await openApp()
    const popup = await openInspector(page, 'connectXStateInspect')
    await page.evaluate(() => app.live())
    await popup.waitForFunction(() => JSON.stringify(inspector.xstate).includes('"invalidated"'))
    const types = await popup.evaluate(() => inspector.xstate.map(({ type }) => type))
    expect(new Set(types)).toEqual(new Set(['service.register', 'service.event', 'service.state']))
    for (const secret of secrets) expect((await posted(popup)).includes(secret)).toBe(false)
    expect(errors).toEqual([])
  })

  it.each(['connectStatelyInspect', 'connectXStateInspect'] as const)(
    'say nothing to a frame of another origin, whatever it says: %s',
    async (bridge) => {
      const { page } = await openApp()
      const popup = await openInspector(page, bridge)
      await page.evaluate(() => app.live())
      await popup.waitForFunction(() => JSON.stringify(inspector.posted).includes('invalidated'))
      const before = await posted(popup)
      const { origin } = await serveScript('evil.ts')
      await page.evaluate((src) => {
        const frame = document.createElement('iframe')
        frame.src = src
        document.body.append(frame)
      }, `${origin}/`)
      await page.waitForFunction(() => JSON.stringify(app.heard).includes('"evil"'))
      // What the bridge would have said by now would be there before this.
      await page.evaluate(() => app.stop())
      await popup.waitForFunction(() => JSON.stringify(inspector.posted).includes('disconnect'))
      const after = await posted(popup)
      const farewell = bridge === 'connectStatelyInspect' ? '@statelyai.disconnected' : 'xstate.disconnect'
      const said = JSON.parse(after).slice(JSON.parse(before).length)
      expect(said.map(({ data }: { data: { type: string } }) => data.type)).toEqual([farewell])
      const frame = page.frames().find((one) => one.url().startsWith(origin))
      expect(await frame?.evaluate(() => evil.heard)).toEqual([])
    },
  )

  it('reach Chrome’s own trace, which its Performance panel shows, without a token', async () => {
    const { page, secrets } = await openApp()
    await page.evaluate(() => app.trackPerformance())
    await browser.startTracing(page, { categories: ['blink.user_timing'] })
    await page.evaluate(() => app.live())
    await page.evaluate(() => app.stop())
    const trace = (await browser.stopTracing()).toString()
    const { traceEvents } = JSON.parse(trace) as {
      traceEvents: { name: string; args: { detail?: string } }[]
    }
    const ours = traceEvents.filter(({ name }) => name.startsWith('tokens/'))
    expect(ours.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'tokens/1 fetching',
        'tokens/1 refreshing',
        'tokens/1 attempt 1 (initial): answered',
      ]),
    )
    expect(trace).toMatch(/track-entry/)
    for (const secret of secrets) expect(trace.includes(secret)).toBe(false)
  })
})
