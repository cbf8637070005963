import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { events, type PanelPages, startPanelPages } from './open-panel'

describeWithBrowser('The timeline under a pointer', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  const open = async () => {
    const opened = await pages.open({ open: true, rooms: ['A', 'B'] })
    await opened.panel.locator('.plot').waitFor()
    const box = (await opened.panel.locator('.plot').boundingBox())!
    const ticks = () => opened.panel.locator('.ruler').textContent()
    return { ...opened, box, ticks }
  }

  it('tells what is there, beside the pointer, until it leaves', async () => {
    const { page, panel, box } = await open()
    const tip = panel.getByRole('tooltip')
    // Where the present is, and the token with it, moves on.
    const present = async () => box.x + Number(await panel.locator('.future').getAttribute('x')) - 3
    await expect
      .poll(async () => {
        await page.mouse.move(await present(), box.y + 70)
        return (await tip.allTextContents()).join()
      })
      .toMatch(/valid for /)
    const at = (await tip.boundingBox())!
    expect(Math.abs(at.x - (await present()))).toBeLessThan(80)
    expect(at.y - (box.y + 70)).toBeGreaterThan(0)
    expect(at.y - (box.y + 70)).toBeLessThan(40)
    await page.mouse.move(10, 10)
    await tip.waitFor({ state: 'detached' })
    await page.close()
  })

  it('is dragged, and picks the event that is pressed', async () => {
    const { page, panel, box, ticks } = await open()
    const follow = panel.getByRole('button', { name: 'Follow the present' })
    await page.mouse.click(box.x + 10, box.y + 70)
    await panel.locator('[role=option][aria-selected=true]').waitFor()
    expect(await panel.getByRole('combobox', { name: 'Lifecycle' }).inputValue()).toBe('store-1/2')
    expect(await follow.getAttribute('aria-pressed')).toBe('true')
    await page.mouse.move(box.x + 300, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 500, box.y + 20, { steps: 5 })
    await page.mouse.up()
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('false')
    const still = await ticks()
    await page.evaluate(() => window.app.store.refresh({ roomName: 'A' }))
    await expect.poll(() => events(panel).count()).toBe(9)
    expect(await ticks()).toBe(still)
    await page.close()
  })

  it('zooms by the wheel with Ctrl, pans sideways, and otherwise leaves the wheel alone', async () => {
    const { page, panel, box, ticks } = await open()
    const follow = panel.getByRole('button', { name: 'Follow the present' })
    await page.mouse.move(box.x + 200, box.y + 20)
    const first = await ticks()
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -400)
    await page.keyboard.up('Control')
    await expect.poll(ticks).not.toBe(first)
    await page.mouse.wheel(0, 100)
    expect(await follow.getAttribute('aria-pressed')).toBe('true')
    await page.mouse.wheel(-200, 0)
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('false')
    await panel.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('true')
    await page.close()
  })
})
