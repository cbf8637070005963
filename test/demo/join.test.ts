import { RoomServiceClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeWithBrowser } from '../helpers/browser'
import {
  API_KEY,
  API_SECRET,
  livekitMissing,
  type RunningServer,
  startLiveKit,
} from '../helpers/livekit-server'
import { violationsOf } from './axe'
import { type Demo, type OpenPage, startDemo, unexpected } from './open-demo'
import { roomOf } from './room-of'

/** The tokens outlive the test, so that no refresh is mistaken for what joining asks for. */
const LONG = '?ttl=600'

describeWithBrowser('The demo’s rooms, on a real LiveKit server', () => {
  describe.skipIf(livekitMissing)('with a browser that has no camera', () => {
    let livekit: RunningServer
    let demo: Demo

    beforeAll(async () => {
      livekit = await startLiveKit()
      demo = await startDemo({ livekitUrl: livekit.url })
    }, 60_000)

    afterAll(async () => {
      await demo?.close()
      await livekit?.stop()
    })

    const lobby = ({ page }: OpenPage) => roomOf(page, 'Lobby')
    const history = async ({ page }: OpenPage) =>
      (await page.locator('#history .lines').innerText()).replace(/\s+/g, ' ')

    /** Two tabs, in the same room. */
    async function couple() {
      const [one, two] = await Promise.all([demo.open(LONG), demo.open(LONG)])
      const [me, you] = [await lobby(one).join(), await lobby(two).join()]
      const close = () => Promise.all([one.page.close(), two.page.close()])
      return { one, two, me, you, close }
    }

    it('are joined with the store’s token: both states side by side, and a picture for who has no camera', async () => {
      const open = await demo.open(LONG)
      const me = await lobby(open).join()
      await lobby(open).plays(me)
      await lobby(open).token('valid')
      await lobby(open).note('You send a drawn picture: there is no camera here.')
      expect(await lobby(open).tile(me).innerText()).toContain('you')
      expect(await history(open)).toMatch(/Lobby connected .*Lobby connecting .*fetching → valid/)
      await roomOf(open.page, 'Stage').connection('not joined')
      expect(unexpected(open)).toEqual([])
      await open.page.close()
    })

    it('show two tabs to each other, each by name, with video that plays', async () => {
      const { one, two, me, you, close } = await couple()
      expect(me).not.toBe(you)
      await lobby(one).plays(you)
      await lobby(two).plays(me)
      const [name = ''] = you.split('-')
      expect((await lobby(one).tile(you).innerText()).toLowerCase()).toContain(name)
      const heard = one.page.locator('#announcements', { hasText: /Lobby: connected, with \w+/ })
      await heard.waitFor({ state: 'attached' })
      expect(unexpected(one, two)).toEqual([])
      await close()
    })

    it('are left with the token kept, so that coming back asks the endpoint for nothing', async () => {
      const { one, two, me, you, close } = await couple()
      await lobby(two).plays(me)
      await lobby(one).press('Leave')
      await lobby(one).connection('disconnected')
      await lobby(one).note('You left. The token is kept')
      await lobby(one).gone(you)
      await lobby(two).gone(me)
      const asked = one.tokens.length
      await lobby(one).join()
      expect(one.tokens).toHaveLength(asked)
      await lobby(two).plays(me)
      await close()
    })

    it('resume after the signal was dropped, with pictures and token untouched', async () => {
      const { one, two, me, you, close } = await couple()
      await lobby(one).plays(you)
      const asked = one.tokens.length
      await lobby(one).press('Drop the signal')
      await lobby(one).connection('reconnecting')
      await lobby(two).plays(me)
      await lobby(one).connection('connected')
      await lobby(one).plays(you)
      expect(await history(one)).toMatch(/connected .*reconnecting .*connected /)
      expect(one.tokens).toHaveLength(asked)
      await close()
    })

    it('are joined anew after everything was dropped, and all are there again', async () => {
      const { one, two, me, you, close } = await couple()
      await lobby(one).plays(you)
      await lobby(one).press('Drop everything')
      await expect
        .poll(() => history(one), { timeout: 30_000 })
        .toMatch(/connected .*reconnecting .*connected /)
      await lobby(one).connection('connected')
      await lobby(one).plays(you)
      await lobby(two).plays(me)
      await close()
    })

    it('show why one was put out, and that the token went with it', async () => {
      const open = await demo.open(LONG)
      const me = await lobby(open).join()
      const rooms = new RoomServiceClient(livekit.url.replace(/^ws/, 'http'), API_KEY, API_SECRET)
      await rooms.removeParticipant('lobby', me)
      await lobby(open).connection('disconnected')
      await lobby(open).note('PARTICIPANT_REMOVED')
      await lobby(open).token('idle')
      await open.page.close()
    })

    it('are joined though the endpoint is down, as long as the token is good, and not without one', async () => {
      const open = await demo.open(LONG)
      await lobby(open).token('valid')
      await open.page.getByRole('switch', { name: 'Endpoint down' }).click()
      await lobby(open).join()
      await lobby(open).press('Leave')
      await lobby(open).connection('disconnected')
      await lobby(open).press('Invalidate')
      await open.page.getByRole('switch', { name: 'Rate limited' }).click()
      await lobby(open).press('Join room')
      await lobby(open).note('There is no token to join with (rate-limited)')
      await open.page.close()
    })

    it('are not joined when one changes one’s mind while the token is on its way', async () => {
      const open = await demo.open(LONG)
      await lobby(open).token('valid')
      await open.page.getByRole('switch', { name: 'Endpoint slow' }).click()
      await lobby(open).press('Invalidate')
      await lobby(open).press('Join room')
      await lobby(open).connection('token first')
      await lobby(open).press('Cancel')
      await lobby(open).connection('not joined')
      await lobby(open).token('valid')
      expect(await history(open)).not.toContain('connecting')
      await open.page.close()
    })

    it('keep the focus on the one button that joins, cancels and leaves', async () => {
      const open = await demo.open(LONG)
      await lobby(open).token('valid')
      await lobby(open).card.getByRole('button', { name: 'Join room' }).focus()
      await open.page.keyboard.press('Enter')
      await lobby(open).connection('connected')
      expect(await open.page.evaluate(() => document.activeElement?.textContent)).toBe('Leave')
      await open.page.keyboard.press('Space')
      await lobby(open).connection('disconnected')
      expect(await open.page.evaluate(() => document.activeElement?.textContent)).toBe('Join room')
      await open.page.close()
    })

    it('invite to open another tab, which is somebody else, and stay the same person after a reload', async () => {
      const open = await demo.open(LONG)
      const me = await lobby(open).join()
      const [tab] = await Promise.all([
        open.page.waitForEvent('popup'),
        open.page.getByRole('link', { name: 'Open another tab' }).click(),
      ])
      const you = await roomOf(tab, 'Lobby').join()
      expect(you).not.toBe(me)
      await lobby(open).plays(you)
      expect(await open.page.getByRole('link', { name: 'Open another tab' }).isVisible()).toBe(false)
      await open.page.reload()
      await lobby(open).token('valid')
      expect(await lobby(open).identity()).toBe(me)
      await tab.close()
      await open.page.close()
    })

    it('make somebody new of a tab that was duplicated, storage and all', async () => {
      const open = await demo.open(LONG)
      await lobby(open).token('valid')
      const [tab] = await Promise.all([
        open.page.waitForEvent('popup'),
        open.page.evaluate(() => void window.open(location.href)),
      ])
      await roomOf(tab, 'Lobby').token('valid')
      expect(await roomOf(tab, 'Lobby').identity()).not.toBe(await lobby(open).identity())
      await open.page.close()
      await tab.close()
    })

    it('never hold a raw token, joined and joined anew', async () => {
      const open = await demo.open(LONG)
      await lobby(open).join()
      await lobby(open).press('Drop everything')
      await expect.poll(() => history(open), { timeout: 30_000 }).toMatch(/connected .*reconnecting/)
      await lobby(open).connection('connected')
      const seen = await open.page.evaluate(() =>
        [document.documentElement.outerHTML, JSON.stringify({ ...sessionStorage, ...localStorage })].join(),
      )
      expect(open.tokens.length).toBeGreaterThan(0)
      for (const token of open.tokens)
        expect([seen, ...open.said].join('\n')).not.toContain(token.split('.')[2])
      expect(seen).not.toMatch(/eyJ[\w-]+\.eyJ/)
      await open.page.close()
    })

    it.each([
      ['moves', 'no-preference', false],
      ['stands still for who wants less motion', 'reduce', true],
    ] as const)('draw a picture that %s', async (_, reducedMotion, isStill) => {
      const open = await demo.open(LONG, { reducedMotion })
      const me = await lobby(open).join()
      await lobby(open).plays(me)
      const sky = () =>
        open.page.evaluate((identity) => {
          const video = document.querySelector<HTMLVideoElement>(`[data-identity="${identity}"] video`)
          const canvas = document.createElement('canvas')
          const [width, height] = [320, 60]
          Object.assign(canvas, { width, height })
          const paint = canvas.getContext('2d')
          paint?.drawImage(video!, 0, 0, 640, 120, 0, 0, width, height)
          return paint?.getImageData(0, 0, width, height).data.join()
        }, me)
      const before = await sky()
      await lobby(open).plays(me)
      expect((await sky()) === before).toBe(isStill)
      await open.page.close()
    })

    it.each(['light', 'dark'] as const)(
      'have nothing that axe objects to, with company (%s)',
      async (colorScheme) => {
        const [open, other] = [await demo.open(LONG, { colorScheme, bypassCSP: true }), await demo.open(LONG)]
        const [, you] = [await lobby(open).join(), await lobby(other).join()]
        await lobby(open).plays(you)
        expect(await violationsOf(open.page)).toEqual([])
        await open.page.close()
        await other.page.close()
      },
    )

    it('fit a screen of 320 px with company', async () => {
      const [open, other] = [
        await demo.open(LONG, { viewport: { width: 320, height: 800 } }),
        await demo.open(LONG),
      ]
      const [, you] = [await lobby(open).join(), await lobby(other).join()]
      await lobby(open).plays(you)
      expect(await open.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      await open.page.close()
      await other.page.close()
    })
  })
})
