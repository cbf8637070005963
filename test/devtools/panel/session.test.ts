import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../../helpers/browser'
import { events, type PanelPages, startPanelPages } from './open-panel'

describeWithBrowser('A session file in the panel', () => {
  let pages: PanelPages

  beforeAll(async () => {
    pages = await startPanelPages()
  }, 120_000)

  afterAll(() => pages?.close())

  const controls = async (options: Parameters<PanelPages['open']>[0] = {}) => {
    const opened = await pages.open({ open: true, ...options })
    await opened.panel.getByRole('tab', { name: 'Controls' }).click()
    await opened.panel.getByRole('button', { name: 'Export' }).waitFor()
    return opened
  }
  const exported = (page: Awaited<ReturnType<typeof controls>>['page']) =>
    page.evaluate(() => window.app.recorder.export())

  it('is what the recorder exports, and shows the same in another browser until it is closed', async () => {
    const { page, panel } = await controls({ rooms: ['A', 'B'] })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('button', { name: 'Export' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^token-session-\d+\.json$/)
    const path = await download.path()
    const text = await readFile(path, 'utf8')
    expect(text).toBe(await exported(page))
    expect(await page.evaluate(() => window.violations)).toEqual([])
    await panel.getByText('The session was exported.').waitFor()

    const other = await controls({ allowCommands: true })
    await other.page.context().setOffline(true)
    await other.panel.getByLabel('Session file').setInputFiles(path)
    await other.panel.getByText('An imported session, for reading: no store is touched.').waitFor()
    expect(JSON.parse(await exported(other.page)).records).toEqual(JSON.parse(text).records)
    await other.panel.getByText('A session is for reading: there is nothing to command.').waitFor()
    await other.panel.getByRole('tab', { name: 'Overview' }).click()
    await expect.poll(() => events(other.panel).count()).toBe(6)
    await other.panel.locator('[aria-current=true][aria-label^=valid]').waitFor()
    await other.panel.getByRole('button', { name: 'Close session' }).click()
    await other.panel.getByText('Nothing recorded yet').waitFor()
    await page.close()
    await other.page.close()
  })

  it('is refused with the reason when it is anything else, and nothing changes', async () => {
    const { page, panel } = await controls({ rooms: ['A'] })
    const before = await exported(page)
    const file = { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"secret":1}') }
    await panel.getByLabel('Session file').setInputFiles(file)
    await panel.getByText(/^This is no session file/).waitFor()
    expect(await exported(page)).toBe(before)
    await panel.getByRole('button', { name: 'Dismiss' }).click()
    await panel.getByText(/^This is no session file/).waitFor({ state: 'detached' })
    await page.close()
  })

  it('is read when it is dropped on the panel', async () => {
    const { page, panel } = await controls({ rooms: ['A'] })
    const text = await exported(page)
    const transfer = await page.evaluateHandle((content) => {
      const data = new DataTransfer()
      data.items.add(new File([content], 'session.json'))
      return data
    }, text)
    await panel.dispatchEvent('dragover', { dataTransfer: transfer })
    await page.locator('token-devtools [data-dropping]').waitFor()
    await panel.dispatchEvent('drop', { dataTransfer: transfer })
    await panel.getByText(/^An imported session/).waitFor()
    expect(await page.locator('token-devtools [data-dropping]').count()).toBe(0)
    await page.close()
  })

  it('is copied as the text of a Mermaid diagram', async () => {
    const { page, panel } = await controls({ rooms: ['A'] })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await panel.getByRole('button', { name: 'Copy as Mermaid' }).click()
    await panel.getByText('Copied.').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'stateDiagram-v2\n  idle --> fetching: 1×\n  fetching --> valid: 1×',
    )
    await page.close()
  })
})
