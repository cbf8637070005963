import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { record } from '../records'
import { events, focused, type PanelPages, startPanelPages } from './open-panel'

const session = (at: number) =>
  JSON.stringify({
    format: 'livekit-token-session',
    version: 1,
    records: [1, 2, 3].map((sequence) =>
      record({ sequence, at: at + sequence, from: 'idle', to: 'fetching' }),
    ),
  })

describeWithBrowser('The panel, handled roughly', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  it('has its badge on one line, over nothing else, however narrow it is, and says whose an event is', async () => {
    const LONG = `consultation-${'of-somebody-with-a-long-name-'.repeat(3)}`
    for (const width of [1_280, 440, 320]) {
      const viewport = { width, height: 800 }
      const { page, panel } = await pages.open({ open: true, rooms: ['lobby', LONG] }, { viewport })
      await panel.getByRole('tab', { name: 'Events' }).click()
      await panel.locator('.row').first().waitFor()
      for (const life of await panel.getByRole('combobox', { name: 'Lifecycle' }).locator('option').all()) {
        await panel
          .getByRole('combobox', { name: 'Lifecycle' })
          .selectOption((await life.getAttribute('value'))!)
        const badge = (await panel.locator('.bar .badge').boundingBox())!
        const tools = (await panel.getByRole('group', { name: 'Panel' }).boundingBox())!
        expect(badge.height).toBeLessThan(24)
        const apart = badge.x + badge.width <= tools.x || badge.y + badge.height <= tools.y
        expect({ width, apart }).toEqual({ width, apart: true })
        expect(badge.x + badge.width).toBeLessThanOrEqual(width)
      }
      expect(await panel.locator('.row').first().getByText('lobby').count()).toBe(1)
      const shown = await panel.locator('.row').first().ariaSnapshot()
      expect(shown).toContain('lobby')
      await page.close()
    }
  })

  it('says that it is offline, and promises no retry then', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'], allowCommands: true })
    await page.evaluate(() => {
      window.app.state.down = true
      return window.app.store.refresh({ roomName: 'A' }).catch(() => {})
    })
    await panel.getByText(/next try in/).waitFor()
    await panel.getByRole('tab', { name: 'Controls' }).click()
    await panel.getByRole('button', { name: 'simulate-offline' }).click()
    await panel.getByText(/503 · offline · refresh in/).waitFor()
    expect(await panel.locator('.due').textContent()).not.toContain('next try')
    await page.close()
  })

  it('says in its own words that the browser lets nothing be copied', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await panel.getByRole('tab', { name: 'Controls' }).click()
    await panel.getByRole('button', { name: /Mermaid/ }).click()
    await panel.getByText('The browser did not let it be copied.').waitFor()
    await page.close()
  })

  it('sends no form that it is mounted in', async () => {
    const { page, panel, trigger } = await pages.open({ rooms: ['A'] })
    await page.evaluate(() => {
      const form = document.createElement('form')
      const sent: unknown[] = []
      form.addEventListener('submit', (event) => {
        event.preventDefault()
        sent.push((event as SubmitEvent).submitter)
      })
      document.querySelector('main')!.append(form)
      form.append(document.querySelector('token-devtools')!)
      Object.assign(window, { sent })
    })
    await trigger.click()
    await panel.getByRole('button', { name: 'Pause recording' }).click()
    await panel.getByRole('searchbox', { name: 'Search events' }).fill('a')
    await page.keyboard.press('Enter')
    await panel.getByRole('tab', { name: 'Controls' }).click()
    await panel.getByRole('button', { name: 'Clear' }).click()
    expect(await page.evaluate(() => (window as unknown as { sent: unknown[] }).sent)).toEqual([])
    // A button of the page’s own would be.
    await page.evaluate(() => {
      const button = document.createElement('button')
      document.querySelector('form')!.append(button)
      button.click()
    })
    expect(await page.evaluate(() => (window as unknown as { sent: unknown[] }).sent.length)).toBe(1)
    await page.close()
  })

  it('says nothing uncaught when it is opened, closed and unmounted while it loads', async () => {
    const { page, panel, said } = await pages.open({ rooms: ['A'] })
    await page.route('**/more-*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await route.continue()
    })
    await page.evaluate(async () => {
      document.querySelector('token-devtools')!.shadowRoot!.querySelector('button')!.click()
      await new Promise((resolve) => setTimeout(resolve, 150))
      const host = document.querySelector('token-devtools')!
      for (let count = 0; count < 21; count += 1) host.toggleAttribute('open')
    })
    await page.evaluate(() => document.querySelector('token-devtools')!.toggleAttribute('open', true))
    await panel.locator('.row').first().waitFor()
    await page.evaluate(async () => {
      const host = document.querySelector('token-devtools')!
      for (let count = 0; count < 20; count += 1) host.toggleAttribute('open')
      window.app.unmount()
      await new Promise((resolve) => setTimeout(resolve, 400))
    })
    expect(said).toEqual([])
    await page.close()
  })

  it('leaves no window behind when it is closed before that has come', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    await panel.locator('.row').first().waitFor()
    await page.evaluate(() => {
      const opened = { asked: false, window: null as Window | null }
      Object.assign(window, { opened })
      const requestWindow = async () => {
        opened.asked = true
        await new Promise((resolve) => setTimeout(resolve, 1_000))
        opened.window = window.open('', '', 'popup,width=400,height=300')
        return opened.window
      }
      Object.defineProperty(window, 'documentPictureInPicture', { value: { requestWindow } })
    })
    await panel.getByRole('button', { name: 'Open in a window' }).click()
    await page.waitForFunction(() => (window as unknown as { opened: { asked: boolean } }).opened.asked)
    await page.evaluate(() => document.querySelector('token-devtools')!.removeAttribute('open'))
    await expect
      .poll(() =>
        page.evaluate(
          () => (window as unknown as { opened: { window: Window | null } }).opened.window?.closed,
        ),
      )
      .toBe(true)
    await page.evaluate(() => document.querySelector('token-devtools')!.setAttribute('open', ''))
    await panel.locator('.row').first().waitFor()
    expect(await panel.getAttribute('data-place')).toBe('bottom')
    await page.close()
  })

  it('keeps the focus where it is when a button changes, and in the panel when one goes', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    await panel.locator('.row').first().waitFor()
    for (const [before, after] of [
      ['Pause recording', 'Resume recording'],
      ['Resume recording', 'Pause recording'],
      ['Dock at the right', 'Dock at the bottom'],
      ['Dock at the bottom', 'Dock at the right'],
    ] as const) {
      await panel.getByRole('button', { name: before }).focus()
      await page.keyboard.press('Enter')
      await panel.getByRole('button', { name: after }).waitFor()
      expect(await focused(page)).toBe(`button ${after}`)
    }
    await panel.getByRole('slider').focus()
    await page.keyboard.press('Home')
    await panel.getByRole('button', { name: 'Back to live' }).focus()
    await page.keyboard.press('Enter')
    await panel.getByRole('button', { name: 'Back to live' }).waitFor({ state: 'detached' })
    expect(await focused(page)).toBe('tab Overview')
    await panel.getByRole('tab', { name: 'Controls' }).click()
    await panel.getByRole('button', { name: 'Pause', exact: true }).focus()
    await page.keyboard.press('Enter')
    await panel.getByRole('button', { name: 'Resume', exact: true }).first().waitFor()
    expect(await focused(page)).toBe('button Resume')
    await page.close()
  })

  it('keeps the focused row, though newer ones come and it makes room', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'], maxRecords: 60 })
    await events(panel).last().focus()
    await page.evaluate(async () => {
      for (let room = 0; room < 40; room += 1) await window.app.store.fetch({ roomName: `room ${room}` })
    })
    await expect.poll(() => panel.locator('[role=option][aria-setsize="60"]').count()).toBeGreaterThan(0)
    expect(await focused(page)).toMatch(/^option /)
    // The oldest is the next to make room, and the one after it is there for the next key.
    await page.keyboard.press('Home')
    await page.evaluate(async () => {
      for (let room = 40; room < 60; room += 1) await window.app.store.fetch({ roomName: `room ${room}` })
    })
    await panel.locator('.picker option', { hasText: 'room 59' }).waitFor({ state: 'attached' })
    expect(await focused(page)).toMatch(/^option /)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => panel.locator('[aria-posinset="2"]:focus').count()).toBe(1)
    await page.close()
  })

  it('stays where it was scrolled to while the oldest make room, and over other tabs', async () => {
    const { page, panel } = await pages.open(
      { open: true, maxRecords: 200 },
      { viewport: { width: 800, height: 700 } },
    )
    const fetchRooms = (name: string, count: number) =>
      page.evaluate(
        async ([prefix, rooms]) => {
          for (let room = 0; room < Number(rooms); room += 1)
            await window.app.store.fetch({ roomName: `${prefix} ${room}` })
        },
        [name, count] as const,
      )
    await fetchRooms('early', 70)
    await panel.getByRole('tab', { name: 'Events' }).click()
    const list = panel.getByRole('listbox', { name: 'Events' })
    await events(panel).first().waitFor()
    await list.evaluate((element) => {
      element.scrollTop = 120 * 28
    })
    const first = () =>
      list.evaluate((element) => {
        const { top } = element.getBoundingClientRect()
        const rows = [...element.querySelectorAll('[role=option]')]
        return rows.find((row) => row.getBoundingClientRect().top >= top - 2)?.textContent
      })
    await panel.locator('[aria-posinset="125"]').waitFor()
    const before = await first()
    for (let round = 0; round < 4; round += 1) {
      await fetchRooms(`late ${round}`, 2)
      // The newest row is in the page, wherever the list is.
      await events(panel)
        .filter({ hasText: `late ${round} 1` })
        .last()
        .waitFor({ state: 'attached' })
      await expect.poll(first).toBe(before)
    }
    await panel.getByRole('tab', { name: 'Inspect' }).click()
    await list.waitFor({ state: 'detached' })
    await panel.getByRole('tab', { name: 'Events' }).click()
    await expect.poll(first).toBe(before)
    await page.close()
  })

  it('brings into sight in the list what is picked in the timeline', async () => {
    const { page, panel } = await pages.open({ open: true })
    await page.evaluate(async () => {
      for (let room = 0; room < 80; room += 1) await window.app.store.fetch({ roomName: `room ${room}` })
    })
    const plot = (await panel.locator('.plot').boundingBox())!
    await events(panel).last().waitFor()
    await page.mouse.click(plot.x + 5, plot.y + 10)
    const picked = panel.locator('[role=option][aria-selected=true]')
    await picked.waitFor()
    const list = (await panel.getByRole('listbox', { name: 'Events' }).boundingBox())!
    await expect
      .poll(async () => {
        const row = (await picked.boundingBox())!
        return row.y >= list.y && row.y + row.height <= list.y + list.height
      })
      .toBe(true)
    await page.close()
  })

  it('takes no drag that began elsewhere for its own', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    await panel.locator('.plot').waitFor()
    const ruler = (await panel.locator('.ruler').boundingBox())!
    const height = (await panel.boundingBox())!.height
    await page.mouse.move(600, 100)
    await page.mouse.down()
    await page.mouse.move(ruler.x + 50, ruler.y + 10, { steps: 20 })
    await page.mouse.up()
    expect(await panel.getByText(/^Showing the past/).count()).toBe(0)
    expect((await panel.boundingBox())!.height).toBe(height)
    await page.close()
  })

  it('shows another imported session from its own present, the same file twice too', async () => {
    const { page, panel } = await pages.open({ open: true })
    const input = async (text: string) => {
      await panel.getByRole('tab', { name: 'Controls' }).click()
      await panel
        .getByLabel('Session file')
        .setInputFiles({ name: 'session.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    }
    for (const at of [Date.UTC(2023, 1, 1), Date.UTC(2020, 1, 1), Date.UTC(2020, 1, 1)]) {
      await input(session(at))
      await panel.getByText('An imported session, for reading').waitFor()
      await panel.getByRole('tab', { name: 'Timeline' }).click()
      await expect.poll(() => panel.getByRole('slider').getAttribute('aria-valuetext')).toBe('the present')
      await panel.getByRole('slider').focus()
      await page.keyboard.press('Home')
      await panel.getByText(new RegExp(`^Showing the past: 1 Feb ${new Date(at).getUTCFullYear()}`)).waitFor()
    }
    await page.close()
  })

  it('tells an app’s shortcuts of no key that is typed into a field of its own', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    await page.evaluate(() => {
      const heard: string[] = []
      for (const type of ['keydown', 'keyup'])
        document.addEventListener(type, (event) => heard.push((event as KeyboardEvent).key))
      Object.assign(window, { heard })
    })
    await panel.getByRole('searchbox', { name: 'Search events' }).fill('')
    await page.keyboard.type('me')
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([])
    await page.close()
  })

  it('is itself in a page that reads from right to left, or shouts', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    await panel.locator('.row').first().waitFor()
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl'
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('*{text-transform:uppercase;letter-spacing:4px;font-style:italic;text-align:center}')
      document.adoptedStyleSheets = [sheet]
    })
    const style = await panel.evaluate((element) => {
      const { direction, textTransform, letterSpacing, fontStyle, textAlign } = getComputedStyle(element)
      return { direction, textTransform, letterSpacing, fontStyle, textAlign }
    })
    expect(style).toEqual({
      direction: 'ltr',
      textTransform: 'none',
      letterSpacing: 'normal',
      fontStyle: 'normal',
      textAlign: 'start',
    })
    const close = panel.getByRole('button', { name: 'Close', exact: true })
    await close.click()
    await panel.waitFor({ state: 'detached' })
    await page.close()
  })

  it('says what came of an order for the ear too', async () => {
    const { page, panel } = await pages.open({ open: true, rooms: ['A'] })
    await panel.getByRole('tab', { name: 'Controls' }).click()
    await panel
      .getByLabel('Session file')
      .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await panel.getByRole('alert').getByText('This is no session file').waitFor()
    await page.close()
  })
})
