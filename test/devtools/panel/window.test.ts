import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { type OpenPanel, type PanelPages, startPanelPages } from './open-panel'

describeWithBrowser('The panel in a window of its own', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  const popOut = async ({ page, panel }: OpenPanel): Promise<Page> => {
    const [popup] = await Promise.all([
      page.context().waitForEvent('page'),
      panel.getByRole('button', { name: 'Open in a window' }).click(),
    ])
    return popup
  }
  const inside = (popup: Page) => popup.getByRole('region', { name: 'Token devtools' })

  /** As a browser without Document Picture-in-Picture. */
  const openWithPopups = async (): Promise<OpenPanel> => {
    const opened = await pages.open({ open: true, rooms: ['A'] })
    await opened.page.evaluate(() => Reflect.deleteProperty(window, 'documentPictureInPicture'))
    return opened
  }

  it('works there as at home, under the same policy', async () => {
    const opened = await openWithPopups()
    const { page, panel } = opened
    const popup = await popOut(opened)
    await inside(popup).waitFor()
    expect(await panel.count()).toBe(0)
    expect(await popup.title()).toBe('Token devtools')
    const colour = await inside(popup).evaluate((element) => getComputedStyle(element).display)
    expect(colour).toBe('flex')
    await inside(popup).getByRole('tab', { name: 'Chart' }).click()
    await page.evaluate(() => window.app.store.refresh({ roomName: 'A' }))
    await inside(popup)
      .getByRole('listitem', { name: /^refreshing to valid, once/ })
      .waitFor()
    expect(await page.evaluate(() => window.violations)).toEqual([])
    await inside(popup).getByRole('button', { name: 'Dock again' }).click()
    await panel.waitFor()
    expect(popup.isClosed()).toBe(true)
    expect(await panel.getByRole('tab', { name: 'Chart' }).getAttribute('aria-selected')).toBe('true')
    await page.close()
  })

  it('docks again when its window is closed', async () => {
    const opened = await openWithPopups()
    const popup = await popOut(opened)
    await inside(popup).waitFor()
    await popup.close()
    await opened.panel.waitFor()
    await opened.panel.getByRole('button', { name: 'Open in a window' }).waitFor()
    await opened.page.close()
  })

  it('closes with Escape, with its page, and with the panel', async () => {
    const opened = await openWithPopups()
    const first = await popOut(opened)
    await inside(first).getByRole('tab', { selected: true }).focus()
    await Promise.all([first.waitForEvent('close'), first.keyboard.press('Escape').catch(() => {})])
    expect(await opened.trigger.getAttribute('aria-expanded')).toBe('false')
    await opened.trigger.click()
    const second = await popOut(opened)
    await Promise.all([second.waitForEvent('close'), opened.page.evaluate(() => window.app.unmount())])
    const again = await openWithPopups()
    const third = await popOut(again)
    await Promise.all([third.waitForEvent('close'), again.page.reload()])
    await opened.page.close()
    await again.page.close()
  })

  it('stays on top where the browser can do that', async () => {
    const opened = await pages.open({ open: true, rooms: ['A'] })
    const { page, panel } = opened
    const popup = await popOut(opened)
    await inside(popup).waitFor()
    const isThat = () => {
      const { documentPictureInPicture: pictures } = window as unknown as {
        documentPictureInPicture: { window: Window | null }
      }
      return pictures.window?.document.title
    }
    expect(await page.evaluate(isThat)).toBe('Token devtools')
    await popup.close()
    await panel.waitFor()
    await page.close()
  })

  it('says so when the browser blocks it, and stays', async () => {
    const { page, panel } = await openWithPopups()
    await page.evaluate(() => {
      window.open = () => null
    })
    await panel.getByRole('button', { name: 'Open in a window' }).click()
    await panel.getByText('The browser blocked the window: allow popups for this page.').waitFor()
    await page.close()
  })

  it('docks at the right and back, and is resized by its edge', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'], position: 'right' })
    const box = async () => (await panel.boundingBox())!
    await panel.waitFor()
    expect(await box()).toEqual({ x: 840, y: 0, width: 440, height: 800 })
    await page.mouse.move(840, 400)
    await page.mouse.down()
    await page.mouse.move(700, 400, { steps: 4 })
    await page.mouse.up()
    await expect.poll(async () => (await box()).width).toBe(580)
    await panel.getByRole('button', { name: 'Dock at the bottom' }).click()
    await expect.poll(box).toEqual({ x: 0, y: 400, width: 1280, height: 400 })
    await page.close()
  })
})
