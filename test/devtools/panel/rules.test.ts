import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { canaries } from '../../helpers/printed'
import { axe, type OpenPanel, type PanelPages, startPanelPages } from './open-panel'

const APP = { open: true, rooms: ['A', 'B'], allowCommands: true }

describeWithBrowser('What the panel is held to', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  /** Looks at each tab in turn. */
  async function eachTab({ panel }: OpenPanel, look: (tab: string) => Promise<void>) {
    await panel.getByRole('tab').first().waitFor()
    for (const tab of await panel.getByRole('tab').allTextContents()) {
      await panel.getByRole('tab', { name: tab }).click()
      await panel.getByRole('tabpanel', { name: tab }).waitFor()
      await expect.poll(() => panel.getByRole('tabpanel').locator('*').count()).toBeGreaterThan(3)
      await look(tab)
    }
  }

  it('is a policy without inline style or script, and with Trusted Types', async () => {
    const opened = await pages.open(APP)
    const { page, panel, said } = opened
    await eachTab(opened, async () => {
      const styled = await page.evaluate(
        () =>
          document.querySelector('token-devtools')?.shadowRoot?.querySelectorAll('[style], style, script')
            .length,
      )
      expect(styled).toBe(0)
    })
    await panel.getByRole('tab', { name: 'Timeline' }).click()
    await panel.locator('.plot').hover()
    await panel.getByRole('tooltip').waitFor()
    await panel.getByRole('slider').focus()
    await page.keyboard.press('ArrowLeft')
    await panel.getByRole('button', { name: 'Dock at the right' }).click()
    expect(await page.evaluate(() => window.violations)).toEqual([])
    expect(said).toEqual([])
    // The policy is there, so its silence above means something.
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'))
    await expect.poll(() => page.evaluate(() => window.violations)).toEqual(['style-src-attr inline'])
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'is axe, which finds nothing (%s)',
    async (colorScheme) => {
      for (const width of [1280, 360]) {
        const context = { colorScheme, bypassCSP: true, viewport: { width, height: 800 } }
        const opened = await pages.open(APP, context)
        await eachTab(opened, async (tab) => expect([tab, ...(await axe(opened.page))]).toEqual([tab]))
        await opened.panel.getByRole('tab', { name: 'Timeline' }).click()
        await opened.panel.getByRole('slider').focus()
        await opened.page.keyboard.press('Home')
        await opened.panel.getByText(/^Showing the past/).waitFor()
        expect(await axe(opened.page)).toEqual([])
        await opened.page.close()
      }
    },
    180_000,
  )

  it('is that no token is ever in the page, its console or its storage, when the server echoes it too', async () => {
    const opened = await pages.open(APP)
    const { page, panel, said } = opened
    await page.evaluate(() => {
      window.app.state.down = true
      return window.app.store.refresh({ roomName: 'A' }).catch(() => {})
    })
    await panel
      .getByText(/fetch-failed 503/)
      .first()
      .waitFor()
    const shown: string[] = []
    await eachTab(opened, async () => {
      shown.push(
        await page.evaluate(() =>
          [
            document.documentElement.outerHTML,
            document.querySelector('token-devtools')?.shadowRoot?.innerHTML,
            JSON.stringify({ ...localStorage, ...sessionStorage }),
            document.cookie,
          ].join('\n'),
        ),
      )
    })
    const tokens = await page.evaluate(() => window.app.tokens)
    expect(tokens.length).toBeGreaterThanOrEqual(3)
    for (const secret of tokens.flatMap(canaries))
      expect([...shown, ...said].join('\n')).not.toContain(secret)
    expect(shown.join('\n')).not.toMatch(/eyJ[\w-]+\./)
    await page.close()
  })

  it('is that it asks nothing of the network but its own files', async () => {
    const opened = await pages.open(APP)
    await eachTab(opened, async () => {})
    expect(opened.asked.filter((path) => !/^\/$|\.js$|favicon/.test(path))).toEqual([])
    await opened.page.close()
  })

  it('is a phone’s width, without scrolling the page sideways', async () => {
    const opened = await pages.open(APP, { viewport: { width: 320, height: 640 } })
    await eachTab(opened, async () => {
      const wide = await opened.page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(320)
      const box = await opened.panel.boundingBox()
      expect(box?.width).toBe(320)
    })
    await opened.page.close()
  })
})
