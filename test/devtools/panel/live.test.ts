import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { type PanelPages, startPanelPages } from './open-panel'

describeWithBrowser('The panel, over a store at work', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  it('tells how to start when nothing has happened', async () => {
    const { page, panel } = await pages.open({ open: true })
    await panel.getByText('Nothing recorded yet').waitFor()
    await panel.getByText('recorder.attach(store)').waitFor()
    await page.evaluate(() => window.app.store.fetch())
    await panel.getByRole('list', { name: 'States' }).waitFor()
    expect(await panel.getByText('Nothing recorded yet').count()).toBe(0)
    await page.close()
  })

  it('shows the live state, counts entries and ways, and names the last transition', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    const live = panel.locator('[aria-current=true]')
    await live.waitFor()
    expect(await live.getAttribute('aria-label')).toBe('valid, entered once')
    expect(await live.count()).toBe(1)
    await panel.getByRole('listitem', { name: 'fetching to valid, once, the last transition' }).waitFor()
    await page.evaluate(() => window.app.store.refresh({ roomName: 'A' }))
    await panel.getByRole('listitem', { name: 'refreshing to valid, once, the last transition' }).waitFor()
    expect(await live.getAttribute('aria-label')).toBe('valid, entered 2 times')
    await page.close()
  })

  it('takes over what pours in ten times a second, and misses nothing', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    const slider = panel.getByRole('slider')
    await slider.waitFor()
    const { drawings, tenths } = await page.evaluate(async () => {
      const root = document.querySelector('token-devtools')!.shadowRoot!
      let drawings = 0
      const observer = new MutationObserver((changes) => (drawings += changes.length))
      observer.observe(root.querySelector('[role=slider]')!, { attributeFilter: ['aria-valuemax'] })
      const begun = performance.now()
      for (let room = 0; room < 60; room += 1) {
        await window.app.store.fetch({ roomName: `room ${room}` })
        await new Promise((resolve) => setTimeout(resolve, 8))
      }
      return { drawings, tenths: (performance.now() - begun) / 100 }
    })
    expect(drawings).toBeGreaterThan(1)
    expect(drawings).toBeLessThanOrEqual(tenths + 1)
    const recorded = await page.evaluate(() => JSON.parse(window.app.recorder.export()).records.length)
    await expect.poll(() => slider.getAttribute('aria-valuemax')).toBe(String(recorded))
    await page.close()
  })

  it('names a state in its live region once it has settled', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    const region = panel.getByRole('status')
    await region.getByText('A · me is valid.').waitFor({ state: 'attached' })
    await page.evaluate(() => window.app.store.invalidate({ roomName: 'A' }))
    await region.getByText('A · me is idle.').waitFor({ state: 'attached' })
    await page.close()
  })

  it('counts down to the refresh and the expiry', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'], lifetimeMs: 100_000 })
    const due = panel.getByText(/^refresh in .+ s · expires in 1 m/)
    await due.waitFor()
    const first = await due.textContent()
    await expect.poll(() => due.textContent(), { timeout: 30_000 }).not.toBe(first)
    await page.close()
  })

  it('follows the lifecycle that is picked, by its name in the timeline and in the header', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A', 'B'] })
    const picker = panel.getByRole('combobox', { name: 'Lifecycle' })
    await panel.getByRole('button', { name: 'B · me' }).click()
    await expect.poll(() => picker.inputValue()).toBe('store-1/2')
    await page.evaluate(() => window.app.store.invalidate({ roomName: 'B' }))
    await panel.locator('[aria-current=true][aria-label^=idle]').waitFor()
    await picker.selectOption({ label: 'A · me' })
    await panel.locator('[aria-current=true][aria-label^=valid]').waitFor()
    await page.close()
  })

  it('pauses, resumes and clears, and says what a pause loses', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    await panel.getByRole('button', { name: 'Pause recording' }).click()
    await panel.getByText('Paused: what happens now is not kept.').waitFor()
    const count = () => page.evaluate(() => JSON.parse(window.app.recorder.export()).records.length)
    const before = await count()
    await page.evaluate(() => window.app.store.invalidate())
    expect(await count()).toBe(before)
    await panel.getByRole('button', { name: 'Resume', exact: true }).click()
    await page.evaluate(() => window.app.store.fetch({ roomName: 'A' }))
    expect(await count()).toBeGreaterThan(before)
    await panel.getByRole('tab', { name: 'Controls' }).click()
    await panel.getByRole('button', { name: 'Clear' }).click()
    await expect.poll(count).toBe(0)
    await page.close()
  })

  it('tells how many records made room for newer ones, until that is known well enough', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A', 'B', 'C'], maxRecords: 4 })
    const told = panel.getByText(/made room for newer ones/)
    await panel.getByText('The oldest 5 records made room for newer ones.').waitFor()
    await panel.getByRole('button', { name: 'Hide' }).click()
    await told.waitFor({ state: 'detached' })
    await page.evaluate(() => window.app.store.fetch({ roomName: 'D' }))
    await panel.getByRole('option', { name: /D · me.*token 1/ }).waitFor()
    expect(await told.count()).toBe(0)
    // After a fresh start it is news again.
    await panel.getByRole('tab', { name: 'Controls' }).click()
    await panel.getByRole('button', { name: 'Clear' }).click()
    await page.evaluate(() => window.app.store.fetch({ roomName: 'E' }))
    await page.evaluate(() => window.app.store.fetch({ roomName: 'F' }))
    await told.waitFor()
    await page.close()
  })

  it('gives commands only where they are allowed', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    await panel.getByText('Commands are off: create the recorder with allowCommands: true.').waitFor()
    expect(await panel.getByRole('button', { name: 'invalidate' }).count()).toBe(0)
    await page.close()
  })

  it('gives each command to the lifecycle that is shown, and shows whether it is offline', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A', 'B'], allowCommands: true })
    await panel.getByRole('button', { name: 'B · me' }).click()
    await panel.getByRole('button', { name: 'invalidate' }).click()
    await panel.locator('[aria-current=true][aria-label^=idle]').waitFor()
    const states = await page.evaluate(() =>
      ['A', 'B'].map((roomName) => window.app.store.lifecycle({ roomName }).getSnapshot().status),
    )
    expect(states).toEqual(['valid', 'idle'])
    const offline = panel.getByRole('button', { name: 'simulate-offline' })
    expect(await offline.getAttribute('aria-pressed')).toBe('false')
    await offline.click()
    await panel.locator('[aria-pressed=true]', { hasText: 'simulate-offline' }).waitFor()
    await offline.click()
    await panel.locator('[aria-pressed=false]', { hasText: 'simulate-offline' }).waitFor()
    await page.close()
  })
})
