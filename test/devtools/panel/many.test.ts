import { afterAll, beforeAll, expect, it } from 'vitest'
import { tasksDuring } from '../../../bench/panel/main-thread.mjs'
import { describeWithBrowser } from '../../helpers/browser'
import { record, view } from '../records'
import { events, type OpenPanel, type PanelPages, startPanelPages } from './open-panel'

const MANY = 10_000
/** Of the processor's time: other tests run at the same time, and take some of the clock's. */
const MS_A_TASK = 50

const session = JSON.stringify({
  format: 'livekit-token-session',
  version: 1,
  records: Array.from({ length: MANY }, (_, index) => {
    const [from, to] =
      index % 2 === 0 ? (['valid', 'refreshing'] as const) : (['refreshing', 'valid'] as const)
    const base = record()
    return record({
      ...base,
      at: base.at + index * 1_000,
      sequence: index + 1,
      lifecycle: String(1 + (index % 4 < 2 ? 0 : 1)),
      from,
      to,
      view: view(1 + Math.floor(index / 4), index * 1_000),
    })
  }),
})

describeWithBrowser('Ten thousand events', () => {
  let pages: PanelPages
  let opened: OpenPanel

  beforeAll(async () => {
    pages = await startPanelPages()
    opened = await pages.open({ open: true, maxRecords: MANY, maxBytes: 100_000_000 })
    await opened.page.evaluate((text) => window.app.recorder.import(text), session)
    await opened.panel.getByText('An imported session').waitFor()
    await opened.panel.getByRole('tab', { name: 'Events' }).click()
    await events(opened.panel).first().waitFor()
  }, 120_000)

  afterAll(() => pages?.close())

  /** Does that, lets the browser draw what came of it, and gives the longest task meanwhile. */
  const longest = async (work: string): Promise<number> => {
    const tasks = await tasksDuring(opened.page, () =>
      opened.page.evaluate(async (code) => {
        // The page's policy forbids this to everybody but to a test, and to that only in its first breath.
        const run = new Function('root', 'frame', `return (async () => {await frame(); ${code}})()`)
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
        await run(document.querySelector('token-devtools')!.shadowRoot!, frame)
        for (let count = 0; count < 5; count += 1) await frame()
      }, work),
    )
    return Math.max(...tasks.map(({ cpuMs }) => cpuMs))
  }

  it('are a few rows in the page, however far it is scrolled', async () => {
    const { panel } = opened
    const count = await events(panel).count()
    expect(count).toBeLessThan(60)
    const list = panel.getByRole('listbox', { name: 'Events' })
    expect(await list.evaluate((element) => element.scrollHeight)).toBe(MANY * 28)
    await list.evaluate((element) => {
      element.scrollTop = 5_000 * 28
    })
    await panel.locator('[aria-posinset="5001"]').waitFor()
    expect(await events(panel).count()).toBeLessThan(60)
    expect(await panel.locator('[aria-posinset="5001"]').getAttribute('aria-setsize')).toBe(String(MANY))
  })

  it('keep the focused row in the page when it is scrolled out of sight', async () => {
    const { page, panel } = opened
    await events(panel).first().focus()
    await page.keyboard.press('Home')
    await panel.locator('[aria-posinset="1"]:focus').waitFor()
    await panel.getByRole('listbox', { name: 'Events' }).evaluate((element) => {
      element.scrollTop = 9_000 * 28
    })
    await panel.locator('[aria-posinset="9001"]').waitFor()
    expect(await panel.locator('[aria-posinset="1"]:focus').count()).toBe(1)
    await page.keyboard.press('ArrowDown')
    await panel.locator('[aria-posinset="2"]:focus').waitFor()
  })

  it.each([100, 300, 4_000])(
    'keep the focus in a row in their midst, scrolled by %i px at a time',
    async (px) => {
      const { page, panel } = opened
      const list = panel.getByRole('listbox', { name: 'Events' })
      await list.evaluate((element) => {
        element.scrollTop = 4_000 * 28
      })
      await panel.locator('[aria-posinset="4005"]').click()
      await panel.locator('[aria-posinset="4005"]:focus').waitFor()
      await list.evaluate(async (element, by) => {
        for (let count = 0; count * by < 8_000; count += 1) {
          element.scrollTop += by
          await new Promise((resolve) => requestAnimationFrame(resolve))
        }
      }, px)
      expect(await panel.locator('[aria-posinset="4005"]:focus').count()).toBe(1)
      await page.keyboard.press('ArrowDown')
      await panel.locator('[aria-posinset="4006"]:focus').waitFor()
    },
  )

  it('would be noticed if they took long', async () => {
    const task = await longest('for (const end = performance.now() + 150; performance.now() < end; );')
    expect(task).toBeGreaterThan(MS_A_TASK)
  })

  it('are there without a long task when the panel is opened', async () => {
    const task = await longest(`root.host.removeAttribute('open'); await frame(); await frame()
      root.host.setAttribute('open', ''); for (let count = 0; count < 20; count += 1) await frame()`)
    expect(await opened.panel.locator('.events').count()).toBe(1)
    expect(task).toBeLessThan(MS_A_TASK)
  })

  it('scroll without a long task', async () => {
    const task = await longest(`const list = root.querySelector('.list')
      for (let top = 0; top < 250000; top += 5000) { list.scrollTop = top; await frame() }`)
    expect(task).toBeLessThan(MS_A_TASK)
  })

  it('are searched without a long task', async () => {
    const task = await longest(`const search = root.querySelector('.search')
      for (const text of ['r', 're', 'ref', 'refreshing 2', '']) {
        search.value = text; search.dispatchEvent(new InputEvent('input')); await frame(); await frame()
      }`)
    expect(task).toBeLessThan(MS_A_TASK)
  })

  it('are panned and zoomed without a long task', async () => {
    await opened.panel.getByRole('tab', { name: 'Timeline' }).click()
    await opened.panel.locator('.plot').waitFor()
    expect(await opened.panel.locator('.plot *').count()).toBeLessThan(200)
    const task = await longest(`const plot = root.querySelector('.plot')
      for (const key of ['+', '+', '+', 'ArrowLeft', 'ArrowLeft', '-', 'Home', 'End', '0']) {
        plot.dispatchEvent(new KeyboardEvent('keydown', { key })); await frame(); await frame()
      }`)
    expect(task).toBeLessThan(MS_A_TASK)
  })
})
