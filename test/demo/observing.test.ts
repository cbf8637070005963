import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../helpers/browser'
import { type Demo, startDemo } from './open-demo'

describeWithBrowser('The page of the demo', () => {
  let demo: Demo

  beforeAll(async () => {
    demo = await startDemo()
  }, 60_000)

  afterAll(() => demo?.close())

  it('lets a token that nobody observes expire, while the observed one beside it is renewed', async () => {
    const { page, said } = await demo.open('?ttl=4')
    const lobby = page.getByRole('article', { name: 'Lobby' })
    const stage = page.getByRole('article', { name: 'Stage' })
    await stage.locator('header .badge', { hasText: 'valid' }).waitFor()
    await stage.getByRole('switch', { name: 'Observed' }).click()
    // It is left alone from `expiring` on, or, when a refresh was on its way already, from the next token's.
    await stage.locator('header .badge', { hasText: 'idle' }).waitFor({ timeout: 15_000 })
    await lobby.getByText(/^no\. [23]$/).waitFor()
    await stage.getByRole('switch', { name: 'Observed' }).click()
    await stage.locator('[role=switch][aria-checked=true]').waitFor()
    // Looking again asks for nothing: only a fetch does.
    expect(await stage.locator('header .badge').textContent()).toBe('idle')
    expect(said).toEqual([])
    await page.close()
  }, 40_000)

  it('shows what a rate limit does, and when it ends', async () => {
    const { page } = await demo.open()
    const lobby = page.getByRole('article', { name: 'Lobby' })
    await lobby.locator('header .badge', { hasText: 'valid' }).waitFor()
    await page.getByRole('switch', { name: 'Rate limited' }).click()
    await lobby.getByRole('button', { name: 'Invalidate' }).click()
    await lobby.getByRole('button', { name: 'Fetch' }).click()
    await lobby.locator('header .badge', { hasText: 'failed' }).waitFor()
    await lobby.getByText('rate-limited · 429').waitFor()
    expect(await lobby.locator('.problem-next').textContent()).toMatch(/next try in (\d|10)\.\d s/)
    await page.close()
  }, 40_000)

  it('filters the history by room', async () => {
    const { page } = await demo.open()
    for (const room of ['stage', 'lobby'])
      await page.locator(`.lines li[data-room=${room}] .badge[data-state=valid]`).waitFor()
    await page.getByRole('radio', { name: 'Stage' }).check({ force: true })
    expect(await page.locator('.lines li[data-room=lobby]:visible').count()).toBe(0)
    expect(await page.locator('.lines li[data-room=stage]:visible').count()).toBeGreaterThan(2)
    await page.close()
  }, 40_000)

  it('shows the very source files that make its store and join its rooms', async () => {
    const { page } = await demo.open()
    for (const name of ['tokens.ts', 'call/join.ts']) {
      const shown = await page.getByRole('region', { name, exact: true }).textContent()
      const source = readFileSync(new URL(`../../examples/demo/${name}`, import.meta.url), 'utf8')
      expect(shown?.trim()).toBe(source.trim())
    }
    await page.close()
  }, 40_000)

  it('breaks no rule of its content security policy', async () => {
    const { page, said } = await demo.open('?ttl=4')
    await page
      .getByText(/expiring → refreshing|no\. 2/)
      .first()
      .waitFor({ timeout: 10_000 })
    await page.getByRole('button', { name: '100 at once' }).click()
    await page.getByText('100 × fetch').waitFor()
    expect(said).toEqual([])
    const blocked = await page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
            resolve(effectiveDirective),
          )
          document.head.append(document.createElement('style'))
          document.head.lastElementChild?.append('a{}')
        }),
    )
    // The policy is there, so its silence above means something.
    expect(blocked).toBe('style-src-elem')
    await page.close()
  }, 40_000)
})
