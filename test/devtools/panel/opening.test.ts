import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { focused, type PanelPages, startPanelPages } from './open-panel'

describeWithBrowser('Opening the panel', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  const PANEL_FILE = /token-devtools|more-/
  const settled = (page: Page) => page.waitForLoadState('networkidle')

  it('loads nothing but its button until then', async () => {
    const { page, trigger, asked } = await pages.open()
    await trigger.waitFor()
    await settled(page)
    expect(asked.filter((path) => PANEL_FILE.test(path))).toEqual([])
    await page.close()
  })

  it('opens on the chart, which comes with it; all else is loaded when it is first shown', async () => {
    // What the panel may weigh is what it opens with: test/tooling/production.test.ts weighs that.
    const { page, panel, trigger, asked } = await pages.open({ tab: undefined, rooms: ['A'] })
    await trigger.click()
    await panel.getByRole('listitem', { name: /^valid, entered once/ }).waitFor()
    expect(await panel.getByRole('tab', { name: 'Chart' }).getAttribute('aria-selected')).toBe('true')
    await settled(page)
    const files = () => asked.filter((path) => PANEL_FILE.test(path)).map((path) => path.split('-')[0])
    expect(files()).toEqual(['/token'])
    await panel.getByRole('tab', { name: 'Timeline' }).click()
    await panel.locator('.plot').waitFor()
    await panel.getByRole('tab', { name: 'Overview' }).click()
    await panel.locator('.inspect').waitFor()
    await settled(page)
    expect(files()).toEqual(['/token', '/more'])
    await page.close()
  })

  it('opens on what it is told to open on', async () => {
    const { page, panel } = await pages.open({ tab: 'events', rooms: ['A'], open: true })
    await panel.locator('.row').first().waitFor()
    expect(await panel.getByRole('tab', { name: 'Events' }).getAttribute('aria-selected')).toBe('true')
    await page.close()
  })

  it('has a way to start in it when nothing is recorded, without loading more', async () => {
    const { page, panel, asked } = await pages.open({ tab: undefined, open: true })
    await panel.getByText('Nothing recorded yet').waitFor()
    await settled(page)
    expect(asked.filter((path) => /more-/.test(path))).toEqual([])
    await page.close()
  })

  it('has its size from the first frame on, also while its parts arrive', async () => {
    const { page, trigger } = await pages.open({ rooms: ['A'] })
    await page.evaluate(() => {
      const heights = new Set<number>()
      const look = () => {
        const panel = document.querySelector('token-devtools')?.shadowRoot?.querySelector('.panel')
        if (panel) heights.add(panel.getBoundingClientRect().height)
        requestAnimationFrame(look)
      }
      look()
      // Also between a change of the sheets and the next frame.
      new MutationObserver(look).observe(document.querySelector('token-devtools')!.shadowRoot!, {
        subtree: true,
        childList: true,
      })
      Object.assign(window, { heights })
    })
    await trigger.click()
    await page.locator('token-devtools .row').first().waitFor()
    const heights = await page.evaluate(() => [...(window as unknown as { heights: Set<number> }).heights])
    expect(heights).toEqual([400])
    await page.close()
  })

  it('draws a part a frame, so that no frame has to draw them all', async () => {
    const { page, trigger } = await pages.open({ rooms: ['A'] })
    await page.evaluate(() => {
      const parts: number[] = []
      const look = () => {
        const root = document.querySelector('token-devtools')?.shadowRoot
        parts.push(
          root?.querySelectorAll('.timeline,.chart,.events,.inspect,[aria-label=Commands]').length ?? 0,
        )
        requestAnimationFrame(look)
      }
      look()
      Object.assign(window, { parts })
    })
    await trigger.click()
    const seen = () => page.evaluate(() => [...new Set((window as unknown as { parts: number[] }).parts)])
    await expect.poll(seen).toContain(5)
    expect(await seen()).toEqual([0, 1, 2, 3, 4, 5])
    await page.close()
  })

  it('takes what its element was given before the element was defined', async () => {
    const { page, trigger } = await pages.open({ rooms: ['A'] })
    await page.evaluate(() => {
      const element = document.createElement('token-devtools')
      element.toggleAttribute('embedded')
      element.id = 'early'
      Object.assign(element, { recorder: window.app.recorder })
      document.body.append(element)
    })
    const early = page.locator('#early').getByRole('region', { name: 'Token devtools' })
    await trigger.click()
    await early.locator('[aria-current=true]').waitFor()
    // What is shown stays when the theme changes.
    await early.getByRole('tab', { name: 'Events' }).click()
    await page.evaluate(() => document.querySelector('#early')!.setAttribute('theme', 'dark'))
    await expect.poll(() => early.getAttribute('data-theme')).toBe('dark')
    expect(await early.getByRole('tab', { name: 'Events' }).getAttribute('aria-selected')).toBe('true')
    await page.evaluate(() => Object.assign(document.querySelector('#early')!, { recorder: null }))
    await early.waitFor({ state: 'detached' })
    await page.close()
  })

  it('is told by aria-expanded, and closing gives the focus back', async () => {
    const { page, panel, trigger } = await pages.open()
    expect(await trigger.getAttribute('aria-expanded')).toBe('false')
    await trigger.focus()
    await page.keyboard.press('Enter')
    await panel.waitFor()
    expect(await trigger.getAttribute('aria-expanded')).toBe('true')
    await panel.getByRole('tab', { name: 'Events' }).click()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(await trigger.getAttribute('aria-expanded')).toBe('false')
    expect(await focused(page)).toBe('button Tokens')
    await page.keyboard.press('Enter')
    await panel.waitFor()
    // It is as it was left.
    expect(await panel.getByRole('tab', { name: 'Events' }).getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await page.close()
  })

  it('closes by its own button too', async () => {
    const { page, panel } = await pages.open({ open: true })
    await panel.getByRole('button', { name: 'Close', exact: true }).click()
    await panel.waitFor({ state: 'detached' })
    expect(await focused(page)).toBe('button Tokens')
    await page.close()
  })

  it('follows the hotkey, but not while somebody types', async () => {
    const { page, panel, trigger } = await pages.open()
    await page.getByLabel('Name').focus()
    await page.keyboard.press('Alt+Shift+D')
    expect(await trigger.getAttribute('aria-expanded')).toBe('false')
    await page.getByLabel('Name').blur()
    await page.keyboard.press('Alt+Shift+D')
    await panel.waitFor()
    await page.keyboard.press('Alt+Shift+D')
    await panel.waitFor({ state: 'detached' })
    await page.close()
  })

  it('leaves nothing behind when it is unmounted, be it open or on its way', async () => {
    const { page, panel, trigger } = await pages.open({ open: true })
    await panel.waitFor()
    await page.evaluate(() => window.app.unmount())
    await panel.waitFor({ state: 'detached' })
    expect(await page.locator('token-devtools').count()).toBe(0)
    await page.keyboard.press('Alt+Shift+D')
    expect(await trigger.count()).toBe(0)
    await page.evaluate(() => window.startApp({ open: true }).unmount())
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    expect(await page.locator('token-devtools').count()).toBe(0)
    await page.close()
  })

  it('says so when its file cannot be had, and tries again', async () => {
    const { page, panel, trigger } = await pages.open()
    await page.route('**/token-devtools*', (route) => route.abort())
    await trigger.click()
    await page.locator('token-devtools [title="The panel could not be loaded"]').waitFor()
    expect(await trigger.getAttribute('aria-expanded')).toBe('false')
    await page.unroute('**/token-devtools*')
    await trigger.click()
    await panel.waitFor()
    await page.close()
  })

  it('fills what it is put into when it is embedded, without a way to close it', async () => {
    const { page } = await pages.open({ open: true })
    const region = page.locator('#frame').getByRole('region', { name: 'Token devtools' })
    await page.locator('token-devtools section').waitFor()
    await page.evaluate(() => {
      const frame = document.createElement('div')
      frame.id = 'frame'
      const element = document.createElement('token-devtools')
      element.toggleAttribute('embedded')
      Object.assign(element, { recorder: window.app.recorder })
      frame.append(element)
      document.body.append(frame)
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('#frame{height:300px;width:700px}')
      document.adoptedStyleSheets = [sheet]
    })
    await region.waitFor()
    const box = await region.boundingBox()
    expect([box?.width, box?.height]).toEqual([700, 300])
    expect(await region.getByRole('button', { name: 'Close', exact: true }).count()).toBe(0)
    expect(await region.getByRole('separator').count()).toBe(0)
    await page.close()
  })
})
