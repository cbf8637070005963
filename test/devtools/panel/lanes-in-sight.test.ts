import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { events, type PanelPages, startPanelPages } from './open-panel'

const rooms = Array.from({ length: 40 }, (_, index) => `room ${index + 1}`)

describeWithBrowser('Forty lifecycles on the timeline', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  it.each(['overview', 'timeline'] as const)('draw the lanes in sight, and all names (%s)', async (tab) => {
    const { page, panel } = await pages.open({ open: true, tab, rooms })
    const lanes = panel.locator('.plot .lane')
    await lanes.first().waitFor()
    expect(await panel.locator('.names .name').count()).toBe(40)
    // A panel of 400 px has room for seven at most; with those kept ready above and below.
    expect(await lanes.count()).toBeLessThan(14)
    const timeline = panel.locator('.timeline')
    expect(await timeline.evaluate((element) => element.scrollHeight)).toBeGreaterThan(40 * 56)
    // By the picked lane one sees which are drawn.
    await panel.getByRole('combobox', { name: 'Lifecycle' }).selectOption({ label: 'room 30 · me' })
    await expect.poll(() => panel.locator('.lane.picked').count()).toBe(0)
    await timeline.evaluate((element) => {
      element.scrollTop = 29 * 56
    })
    await panel.locator('.lane.picked').waitFor()
    expect(await lanes.count()).toBeLessThan(14)
    await page.close()
  })

  it('are pressed where they are drawn, however far one has scrolled', async () => {
    const { page, panel } = await pages.open({ open: true, tab: 'timeline', rooms })
    await panel.locator('.plot .lane').first().waitFor()
    await panel.locator('.timeline').evaluate((element) => {
      element.scrollTop = 30 * 56
    })
    const name = panel.getByRole('button', { name: /^room 32 / })
    await expect.poll(() => name.boundingBox()).not.toBeNull()
    const { y } = (await name.boundingBox())!
    const { x, width } = (await panel.locator('.plot').boundingBox())!
    await page.mouse.move(x + width * 0.84, y + 20)
    await panel
      .getByRole('tooltip')
      .getByText(/^valid for/)
      .waitFor()
    await page.mouse.down()
    await page.mouse.up()
    await expect
      .poll(() => panel.getByRole('combobox', { name: 'Lifecycle' }).inputValue())
      .toBe('store-1/32')
    await page.close()
  })

  it('bring the event that is pressed into sight, though they are scrolled meanwhile', async () => {
    const { page, panel } = await pages.open({ open: true, tab: 'overview', rooms })
    await panel.locator('.plot .lane').first().waitFor()
    await events(panel).last().waitFor()
    const { x, y, width } = (await panel.locator('.plot').boundingBox())!
    // In one frame: the press, and the scroll that a hand on the wheel makes.
    await page.evaluate(
      ([left, top]) => {
        const root = document.querySelector('token-devtools')!.shadowRoot!
        const plot = root.querySelector('.plot')!
        plot.setPointerCapture = () => {}
        const at = { clientX: left!, clientY: top!, button: 0, pointerId: 1, bubbles: true }
        plot.dispatchEvent(new PointerEvent('pointerdown', at))
        plot.dispatchEvent(new PointerEvent('pointerup', at))
        root.querySelector('.timeline')!.scrollTop += 112
      },
      [x + width * 0.8, y + 20],
    )
    const picked = panel.locator('.row[aria-selected=true]')
    await picked.waitFor()
    const list = (await panel.getByRole('listbox', { name: 'Events' }).boundingBox())!
    await expect
      .poll(async () => {
        const row = await picked.boundingBox()
        return row !== null && row.y >= list.y && row.y <= list.y + list.height
      })
      .toBe(true)
    // And lets go of it: the list is scrolled as one likes.
    await panel.getByRole('listbox', { name: 'Events' }).evaluate((element) => {
      element.scrollTop = 0
    })
    await panel.locator('[aria-posinset="1"]').waitFor()
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
    expect(await panel.getByRole('listbox', { name: 'Events' }).evaluate((one) => one.scrollTop)).toBe(0)
    await page.close()
  })

  it('are all reached by Tab', async () => {
    const { page, panel } = await pages.open({ open: true, tab: 'timeline', rooms })
    await panel.locator('.plot .lane').first().waitFor()
    await panel.getByRole('button', { name: /^room 1 / }).focus()
    for (let step = 1; step < 40; step += 1) await page.keyboard.press('Tab')
    const last = panel.getByRole('button', { name: /^room 40 / })
    await expect.poll(() => last.evaluate((element) => element.matches(':focus'))).toBe(true)
    expect(await panel.locator('.timeline').evaluate((element) => element.scrollTop)).toBeGreaterThan(30 * 56)
    await page.keyboard.press('Enter')
    await panel.locator('.lane.picked').waitFor()
    await page.close()
  })

  it('stay where they were scrolled to, after another tab and in another window', async () => {
    const { page, panel } = await pages.open({ open: true, tab: 'timeline', rooms })
    await panel.locator('.plot .lane').first().waitFor()
    const place = (element: Element) => element.scrollTop
    const timeline = panel.locator('.timeline')
    await timeline.evaluate((element) => {
      element.scrollTop = 20 * 56
    })
    await panel.locator('.lane').nth(8).waitFor()
    await expect
      .poll(() => panel.locator('.lane').first().getAttribute('transform'))
      .toBe('translate(0 1008)')
    await panel.getByRole('tab', { name: 'Events' }).click()
    await panel.locator('.row').first().waitFor()
    await panel.getByRole('tab', { name: 'Timeline' }).click()
    await expect.poll(() => timeline.evaluate(place)).toBe(20 * 56)
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      panel.getByRole('button', { name: 'Open in a window' }).click(),
    ])
    await expect.poll(() => popup.locator('.timeline').evaluate(place)).toBe(20 * 56)
    await popup.getByRole('button', { name: 'Dock again' }).click()
    await expect.poll(() => timeline.evaluate(place)).toBe(20 * 56)
    await page.close()
  })
})
