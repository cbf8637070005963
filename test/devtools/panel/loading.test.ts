import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { events, focused, type PanelPages, startPanelPages } from './open-panel'

const LATER = '**/more-*'

describeWithBrowser('What the panel loads later', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  const open = async (options: Parameters<PanelPages['open']>[0] = {}) => {
    const opened = await pages.open({ tab: undefined, rooms: ['A'], open: true, ...options })
    await opened.panel.locator('[aria-current=true]').waitFor()
    return opened
  }
  /** Holds it back until the returned function is called. */
  const hold = async (page: Page) => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route(LATER, async (route) => {
      await held
      await route.continue()
    })
    return release
  }

  it('gets the focus that it was asked for by key, once it is there', async () => {
    const { page, panel } = await open()
    const release = await hold(page)
    await panel.getByRole('tab', { name: 'Chart' }).focus()
    await page.keyboard.press('/')
    await panel.getByText('Loading…').waitFor()
    release()
    await expect.poll(() => focused(page)).toBe('input Search events')
    await page.close()
  })

  it('leaves the focus to who has gone on meanwhile', async () => {
    const { page, panel } = await open()
    const release = await hold(page)
    await panel.getByRole('tab', { name: 'Chart' }).focus()
    await page.keyboard.press('/')
    await panel.getByText('Loading…').waitFor()
    await panel.getByRole('button', { name: 'Pause recording' }).focus()
    await page.keyboard.press('Enter')
    release()
    await events(panel).first().waitFor()
    expect(await focused(page)).toBe('button Resume recording')
    await page.close()
  })

  it('is told of when it cannot be had, and asked for anew by its tab', async () => {
    const { page, panel } = await open()
    await page.route(LATER, (route) => route.abort())
    await panel.getByRole('tab', { name: 'Events' }).click()
    const told = panel.getByRole('alert').getByText('A part of the panel could not be loaded')
    await told.waitFor()
    await panel.getByRole('tab', { name: 'Inspect' }).click()
    await told.waitFor()
    await page.unroute(LATER)
    await panel.getByRole('tab', { name: 'Events' }).click()
    await events(panel).first().waitFor()
    expect(await told.count()).toBe(0)
    await page.close()
  })

  it('is there for all that need it, whoever asked', async () => {
    const { page, panel } = await open()
    await page.route(LATER, (route) => route.abort())
    await panel.getByRole('tab', { name: 'Events' }).click()
    await panel.getByText('A part of the panel could not be loaded').waitFor()
    await page.unroute(LATER)
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      panel.getByRole('button', { name: 'Open in a window' }).click(),
    ])
    await popup.locator('.row').first().waitFor()
    await page.close()
  })

  it('is not needed to see that it is the past, and to come back', async () => {
    const { page, panel } = await open()
    await page.route(LATER, (route) => route.abort())
    await page.evaluate(() => window.app.moment$.next(1))
    await panel.getByText('Showing the past. It changes nothing.').waitFor()
    await panel.getByRole('button', { name: 'Back to live' }).click()
    await panel.locator('[aria-current=true][aria-label^=valid]').waitFor()
    await page.close()
  })

  it('opens one window, however often that was asked for, and none for a panel that is gone', async () => {
    const { page, panel } = await open()
    const popups: Page[] = []
    page.on('popup', (popup) => popups.push(popup))
    const release = await hold(page)
    const button = panel.getByRole('button', { name: 'Open in a window' })
    await button.click()
    await button.click()
    release()
    await expect.poll(() => popups.length).toBe(1)
    await popups[0]!.getByRole('button', { name: 'Dock again' }).click()
    await panel.waitFor()
    await page.close()

    const other = await open()
    const letGo = await hold(other.page)
    other.page.on('popup', (popup) => popups.push(popup))
    await other.panel.getByRole('button', { name: 'Open in a window' }).click()
    await other.panel.getByRole('button', { name: 'Close', exact: true }).click()
    letGo()
    await other.page.waitForLoadState('networkidle')
    expect(popups).toHaveLength(1)
    await other.page.close()
  })

  it('is on its way before the press on what must have it at once', async () => {
    const { page, panel, asked } = await open()
    await panel.getByRole('button', { name: 'Open in a window' }).hover()
    await expect.poll(() => asked.some((path) => path.includes('more-'))).toBe(true)
    await page.close()
  })

  it.each(['Chart', 'Timeline', 'Events', 'Inspect', 'Controls'])(
    'looks the same, whatever was shown before: %s',
    async (name) => {
      const { page, panel } = await open({ allowCommands: true })
      const tab = panel.getByRole('tab', { name })
      const look = async () => {
        await tab.click()
        await panel.locator('.body > :not(.wait)').first().waitFor()
        return panel.locator('.body').evaluate((body) =>
          [...body.querySelectorAll(':scope *')]
            .filter((element) => !element.closest('svg'))
            .map((element) => {
              const { display, margin, padding, fontSize, fontWeight, color } = getComputedStyle(element)
              return [
                element.localName,
                element.className,
                display,
                margin,
                padding,
                fontSize,
                fontWeight,
                color,
              ]
            }),
        )
      }
      const alone = await look()
      expect(alone.length).toBeGreaterThan(0)
      for (const other of ['Overview', 'Timeline', 'Events', 'Inspect', 'Controls', 'Chart']) {
        await panel.getByRole('tab', { name: other }).click()
        await panel.locator('.body > :not(.wait)').first().waitFor()
      }
      expect(await look()).toEqual(alone)
      await page.close()
    },
  )
})
