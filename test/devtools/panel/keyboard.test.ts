import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { events, focused, type PanelPages, startPanelPages } from './open-panel'

describeWithBrowser('The panel by keyboard', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  const open = async (width = 1280) => {
    const opened = await pages.open(
      { open: true, rooms: ['A', 'B'], allowCommands: true },
      { viewport: { width, height: 800 } },
    )
    await opened.panel.getByRole('tab').first().waitFor()
    return opened
  }

  it('moves through the tabs by arrows and ends, round and round', async () => {
    const { page, panel } = await open()
    const selected = panel.getByRole('tab', { selected: true })
    await selected.focus()
    const walk = async (key: string, tab: string) => {
      await page.keyboard.press(key)
      await expect.poll(() => selected.textContent()).toBe(tab)
      await expect.poll(() => focused(page)).toBe(`tab ${tab}`)
      expect(await panel.getByRole('tabpanel', { name: tab }).count()).toBe(1)
    }
    await walk('ArrowRight', 'Chart')
    await walk('ArrowLeft', 'Overview')
    await walk('ArrowLeft', 'Controls')
    await walk('ArrowRight', 'Overview')
    await walk('End', 'Controls')
    await walk('Home', 'Overview')
    expect(await panel.locator('[role=tab][tabindex="0"]').count()).toBe(1)
    await page.close()
  })

  it('moves through the events by arrows, pages and ends, and inspects each', async () => {
    const { page, panel } = await open()
    const last = events(panel).last()
    await last.focus()
    const inspected = panel.getByText(/^#\d+ · /)
    const walk = async (key: string, sequence: number) => {
      await page.keyboard.press(key)
      await expect.poll(() => inspected.textContent()).toContain(`#${sequence} · `)
      const chosen = panel.locator('[role=option][aria-selected=true]')
      expect(await chosen.getAttribute('aria-posinset')).toBe(String(sequence))
      expect(await chosen.getAttribute('tabindex')).toBe('0')
      await expect.poll(() => focused(page)).toMatch(/^option/)
    }
    await walk('ArrowUp', 5)
    await walk('Home', 1)
    await walk('ArrowUp', 1)
    await walk('ArrowDown', 2)
    await walk('End', 6)
    await walk('PageUp', 1)
    await walk('PageDown', 6)
    await page.close()
  })

  it('goes to the search by a slash, filters, and empties it by Escape before it closes', async () => {
    const { page, panel } = await open()
    const search = panel.getByRole('searchbox', { name: 'Search events' })
    await panel.getByRole('tab', { name: 'Chart' }).click()
    await page.keyboard.press('/')
    await expect.poll(() => focused(page)).toBe('input Search events')
    await page.keyboard.type('valid b')
    await expect.poll(() => events(panel).count()).toBe(1)
    await panel.getByText('1 of 6').waitFor()
    await page.keyboard.press('/')
    expect(await search.inputValue()).toBe('valid b/')
    await page.keyboard.press('Escape')
    await expect.poll(() => search.inputValue()).toBe('')
    await expect.poll(() => events(panel).count()).toBe(6)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await page.close()
  })

  it('filters by type and outcome', async () => {
    const { page, panel } = await open()
    await panel.getByRole('combobox', { name: 'type' }).selectOption('attempt')
    await expect.poll(() => events(panel).count()).toBe(2)
    await panel.getByRole('combobox', { name: 'type' }).selectOption('')
    await panel.getByRole('combobox', { name: 'outcome' }).selectOption('success')
    await expect.poll(() => events(panel).count()).toBe(2)
    await panel.getByRole('combobox', { name: 'outcome' }).selectOption('failure')
    await panel.getByText('No event passes the filters.').waitFor()
    await page.close()
  })

  it('pans and zooms the timeline, and follows the present again', async () => {
    const { page, panel } = await open()
    const plot = panel.getByRole('group', { name: /^Timeline:/ })
    const follow = panel.getByRole('button', { name: 'Follow the present' })
    const ticks = () => panel.locator('.ruler').textContent()
    await plot.focus()
    const first = await ticks()
    expect(await follow.getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await expect.poll(ticks).not.toBe(first)
    expect(await follow.getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('false')
    await page.keyboard.press('End')
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('true')
    await page.close()
  })

  it('changes its size by the separator, within bounds', async () => {
    const { page, panel } = await open()
    const grip = panel.getByRole('separator', { name: 'Size of the panel' })
    const height = async () => Math.round((await panel.boundingBox())!.height)
    expect(await height()).toBe(400)
    await grip.focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(height).toBe(424)
    expect(await grip.getAttribute('aria-valuenow')).toBe('424')
    await page.keyboard.press('End')
    await expect.poll(height).toBe(760)
    await page.keyboard.press('Home')
    await expect.poll(height).toBe(200)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => grip.getAttribute('aria-valuenow')).toBe('200')
    await page.close()
  })

  it.each([360, 1280])('reaches everything by Tab, and nothing twice (%i px wide)', async (width) => {
    const { page, panel, trigger } = await open(width)
    await panel.getByRole('tab', { name: 'Timeline' }).click()
    await trigger.focus()
    const seen: string[] = []
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab')
      const name = await focused(page)
      if (name.startsWith('body') || name.startsWith('input ')) break
      seen.push(name)
    }
    expect(new Set(seen).size).toBe(seen.length)
    for (const name of [
      'separator Size of the panel',
      'select Lifecycle',
      'tab Timeline',
      'button Pause recording',
      'button Close',
      'button Zoom in',
      'slider Moment that is shown',
    ])
      expect(seen).toContain(name)
    expect(seen.some((name) => name.startsWith('group Timeline'))).toBe(true)
    await page.close()
  })
})
