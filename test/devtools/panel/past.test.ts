import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { events, type PanelPages, startPanelPages } from './open-panel'

describeWithBrowser('Looking into the past', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  const open = async () => {
    const opened = await pages.open({ open: true, rooms: ['A'], allowCommands: true })
    await opened.panel.locator('[aria-current=true]').waitFor()
    return opened
  }
  const everything = () => {
    const { store, recorder, calls } = window.app
    const state = store.lifecycle({ roomName: 'A' }).getSnapshot()
    return JSON.stringify([state, recorder.export(), calls])
  }

  it('shows what was, in all panes, and changes nothing in the store', async () => {
    const { page, panel } = await open()
    const before = await page.evaluate(everything)
    const slider = panel.getByRole('slider', { name: 'Moment that is shown' })
    expect(await slider.getAttribute('aria-valuetext')).toBe('the present')
    await slider.focus()
    await page.keyboard.press('Home')
    await panel.getByText(/^Showing the past: .* It changes nothing\.$/).waitFor()
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/idle to fetching/)
    expect(await panel.locator('[aria-current=true]').getAttribute('aria-label')).toMatch(/^fetching/)
    await expect.poll(() => events(panel).count()).toBe(1)
    await panel.getByRole('heading', { name: 'No token' }).waitFor()
    await panel.getByText('The past cannot be changed.').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await panel.locator('[aria-current=true][aria-label^=valid]').waitFor()
    await panel.getByRole('button', { name: 'Back to live' }).click()
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('the present')
    expect(await events(panel).count()).toBe(3)
    expect(await page.evaluate(everything)).toBe(before)
    await page.close()
  })

  it('stays there while the store goes on', async () => {
    const { page, panel } = await open()
    await panel.getByRole('slider').focus()
    await page.keyboard.press('Home')
    await page.evaluate(() => window.app.store.refresh({ roomName: 'A' }))
    await expect.poll(() => panel.getByRole('slider').getAttribute('aria-valuemax')).not.toBe('3')
    expect(await events(panel).count()).toBe(1)
    await page.keyboard.press('End')
    await expect.poll(() => events(panel).count()).toBe(6)
    await page.close()
  })

  it('is ordered from outside, as by a jump in another devtools, and so is the way back', async () => {
    const { page, panel } = await open()
    const before = await page.evaluate(everything)
    await page.evaluate(() => window.app.moment$.next(2))
    await expect.poll(() => events(panel).count()).toBe(2)
    await panel.locator('[aria-current=true][aria-label^=fetching]').waitFor()
    await page.evaluate(() => window.app.moment$.next(0))
    await expect.poll(() => events(panel).count()).toBe(0)
    await page.evaluate(() => window.app.moment$.next(null))
    await expect.poll(() => events(panel).count()).toBe(3)
    expect(await panel.getByRole('slider').getAttribute('aria-valuetext')).toBe('the present')
    expect(await page.evaluate(everything)).toBe(before)
    await page.close()
  })

  it('is the last moment for a number beyond it, and unmoved by what is no number or breaks', async () => {
    const { page, panel, said } = await open()
    await page.evaluate(() => window.app.moment$.next(1e9))
    await panel.getByText(/^Showing the past/).waitFor()
    await page.evaluate(() => window.app.store.fetch({ roomName: 'B' }))
    await expect.poll(() => panel.getByRole('slider').getAttribute('aria-valuemax')).toBe('6')
    expect(await events(panel).count()).toBe(3)
    await page.evaluate(() => window.app.moment$.next(Number.NaN))
    await page.evaluate(() => window.app.moment$.error(new Error('broken')))
    expect(await events(panel).count()).toBe(3)
    expect(said).toEqual([])
    await page.close()
  })

  it('is walked through by keys that come faster than the screen', async () => {
    const { page, panel } = await open()
    await panel.getByRole('slider').evaluate((slider) => {
      for (const key of ['Home', 'ArrowRight'])
        slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }))
    })
    await expect.poll(() => panel.getByRole('slider').getAttribute('aria-valuenow')).toBe('2')
    await page.close()
  })

  it('is dragged to, on the ruler', async () => {
    const { page, panel } = await open()
    const box = (await panel.locator('.ruler').boundingBox())!
    await page.mouse.move(box.x + box.width - 20, box.y + 8)
    await page.mouse.down()
    await page.mouse.move(box.x + 2, box.y + 8, { steps: 4 })
    await page.mouse.up()
    await panel.getByText(/^Showing the past/).waitFor()
    expect(await panel.getByRole('slider').getAttribute('aria-valuetext')).toMatch(
      /before anything was recorded/,
    )
    await page.close()
  })

  it('begins at an event too, from the list and from what is inspected', async () => {
    const { page, panel } = await open()
    await events(panel).first().click()
    await panel.getByRole('button', { name: 'Show this moment' }).click()
    await panel.locator('[aria-current=true][aria-label^=fetching]').waitFor()
    await panel.getByRole('button', { name: 'Back to live' }).click()
    await events(panel).first().focus()
    await page.keyboard.press('Enter')
    await panel.locator('[aria-current=true][aria-label^=fetching]').waitFor()
    await page.close()
  })
})
