import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../helpers/browser'
import { violationsOf } from './axe'
import { type Demo, type OpenPage, startDemo } from './open-demo'

/** A failed request is the browser's to tell; nothing else may be said. */
const EXPECTED = /^error: Failed to load resource: the server responded with a status of (503|429)/

describeWithBrowser('The demo, in a real browser', () => {
  let demo: Demo

  beforeAll(async () => {
    demo = await startDemo()
  }, 60_000)

  afterAll(() => demo?.close())

  const card = (page: Page, room: string) => page.getByRole('article', { name: room })
  const status = (page: Page, room: string, word: string) =>
    card(page, room).locator('header .badge', { hasText: word }).waitFor({ timeout: 10_000 })
  const turn = (page: Page, name: string) => page.getByRole('switch', { name }).first().click()
  const press = (page: Page, room: string, name: string) =>
    card(page, room).getByRole('button', { name, exact: true }).click()
  const history = (page: Page) => page.locator('#history').innerText()

  const isQuiet = ({ said }: OpenPage) => expect(said.filter((line) => !EXPECTED.test(line))).toEqual([])

  it('shows a real token live and renew: valid, expiring, refreshing, valid', async () => {
    const open = await demo.open('?ttl=6')
    const { page } = open
    await status(page, 'Lobby', 'valid')
    await page.waitForFunction(() => /refreshing\s*→\s*valid\s*token 2/.test(document.body.innerText), null, {
      timeout: 20_000,
    })
    await expect.poll(() => open.tokens.length).toBeGreaterThanOrEqual(3)
    const told = (await history(page)).replace(/\s+/g, ' ')
    expect(told).toMatch(/expiring → refreshing/)
    expect(told).toMatch(/valid → expiring/)
    isQuiet(open)
    await page.close()
  }, 40_000)

  it('keeps a token while the endpoint is down, and recovers when it is back', async () => {
    const open = await demo.open('?ttl=30')
    const { page } = open
    await status(page, 'Lobby', 'valid')
    await turn(page, 'Endpoint down')
    await press(page, 'Lobby', 'Refresh')
    await card(page, 'Lobby').getByText('fetch-failed').waitFor()
    await status(page, 'Lobby', 'valid')
    await turn(page, 'Endpoint down')
    await card(page, 'Lobby').getByText('no. 2').waitFor({ timeout: 10_000 })
    expect(await card(page, 'Lobby').getByText('fetch-failed').isVisible()).toBe(false)
    isQuiet(open)
    await page.close()
  }, 40_000)

  it('forgets the token of one room and leaves the other alone', async () => {
    const { page } = await demo.open()
    await status(page, 'Stage', 'valid')
    await status(page, 'Lobby', 'valid')
    await press(page, 'Lobby', 'Invalidate')
    await status(page, 'Lobby', 'idle')
    await status(page, 'Stage', 'valid')
    await press(page, 'Lobby', 'Fetch')
    await status(page, 'Lobby', 'valid')
    await page.close()
  }, 40_000)

  it('waits while it is offline and asks at once when the network is back', async () => {
    const { page } = await demo.open()
    await status(page, 'Lobby', 'valid')
    await turn(page, 'Offline')
    await press(page, 'Lobby', 'Invalidate')
    await press(page, 'Lobby', 'Fetch')
    await card(page, 'Lobby').getByText('fetch-failed').waitFor()
    await status(page, 'Lobby', 'fetching')
    await turn(page, 'Offline')
    await status(page, 'Lobby', 'valid')
    await page.close()
  }, 40_000)

  it('answers a hundred callers at once from what it has', async () => {
    const { page, tokens } = await demo.open()
    await status(page, 'Lobby', 'valid')
    const before = tokens.length
    await page.getByRole('button', { name: '100 at once' }).click()
    await page.getByText('100 × fetch, 0 × endpoint').waitFor()
    expect(tokens.length).toBe(before)
    await page.close()
  }, 40_000)

  it('is operated by the keyboard, and tells a screen reader of each state', async () => {
    const { page } = await demo.open()
    await status(page, 'Lobby', 'valid')
    await card(page, 'Lobby').getByRole('button', { name: 'Invalidate' }).focus()
    await page.keyboard.press('Enter')
    await status(page, 'Lobby', 'idle')
    await page.locator('#announcements', { hasText: 'Lobby is idle' }).waitFor({ state: 'attached' })
    await page.getByRole('switch', { name: 'Offline' }).focus()
    await page.keyboard.press('Space')
    expect(await page.getByRole('switch', { name: 'Offline' }).getAttribute('aria-checked')).toBe('true')
    await page.close()
  }, 40_000)

  it('never holds a raw token: not in the page, its console or its storage', async () => {
    const { page, said, tokens } = await demo.open()
    await status(page, 'Lobby', 'valid')
    await page.getByRole('button', { name: 'Fetch as a Room does' }).click()
    await page.getByText('Connect to').waitFor()
    const seen = await page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        JSON.stringify({ ...localStorage }),
        JSON.stringify({ ...sessionStorage }),
        document.cookie,
        location.href,
      ].join('\n'),
    )
    expect(tokens.length).toBeGreaterThan(0)
    for (const secret of [...tokens, ...tokens.map((token) => token.split('.')[2] ?? token)])
      expect([seen, ...said].join('\n')).not.toContain(secret)
    expect(seen).not.toMatch(/eyJ[\w-]+\.eyJ/)
    await page.close()
  }, 40_000)

  it.each(['light', 'dark'] as const)(
    'has nothing that axe objects to (%s)',
    async (colorScheme) => {
      const { page } = await demo.open('', { colorScheme, bypassCSP: true })
      await status(page, 'Lobby', 'valid')
      expect(await violationsOf(page)).toEqual([])
      await page.close()
    },
    40_000,
  )

  it('fits a narrow screen without scrolling sideways', async () => {
    const { page } = await demo.open('', { viewport: { width: 400, height: 800 } })
    await status(page, 'Lobby', 'valid')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400)
    await page.close()
  }, 40_000)
})
