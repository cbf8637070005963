import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeCalls, type Stage, setStage } from './stage'
import type { Tab } from './tab'

describeCalls('LiveKit’s React components in Chromium, on a store’s tokens', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage('session.tsx')
  }, 60_000)
  afterAll(() => stage?.close())

  const story = ({ page }: Tab) => page.evaluate(() => window.story)

  /** Resolves once the video of that participant really plays: it has a size, and its time goes on. */
  const plays = ({ page }: Tab, identity: string) =>
    page.waitForFunction(
      (title) => {
        const video = document.querySelector<HTMLVideoElement>(`video[title=${title}]`)
        if (!video || video.paused || video.videoWidth === 0) return false
        const seenBefore = Number(video.dataset.seen ?? Number.NaN)
        video.dataset.seen ??= String(video.currentTime)
        return video.currentTime > seenBefore + 0.5
      },
      identity,
      { timeout: 30_000 },
    )

  it('two pages with useSession, SessionProvider, useTracks and VideoTrack play each other’s camera', async () => {
    const endpoint = await stage.endpoint()
    const roomName = stage.roomName()
    const one = await stage.open()
    const two = await stage.open()
    for (const [tab, participantIdentity] of [
      [one, 'one'],
      [two, 'two'],
    ] as const) {
      const order = { endpoint: endpoint.url, roomName, participantIdentity }
      await tab.page.evaluate((given) => window.mountSession(given), order)
    }
    await Promise.all([plays(one, 'two'), plays(two, 'one'), plays(one, 'one'), plays(two, 'two')])
    for (const tab of [one, two]) {
      expect(await tab.page.evaluate(() => window.session.connectionState)).toBe('connected')
      // The hook asks twice at once, to prepare and to start: the store asks its endpoint once.
      expect(await tab.tokens()).toHaveLength(1)
      expect((await story(tab)).filter((line) => line.startsWith('room'))).toEqual([
        ...['room connecting', 'room connected'],
      ])
    }

    await one.page.evaluate(() => window.session.end())
    await expect.poll(() => story(one), { timeout: 20_000 }).toContain('room disconnected: CLIENT_INITIATED')
    // The hook's forced fetch at its end.
    await expect.poll(one.tokens, { timeout: 20_000 }).toHaveLength(2)
    await two.page.waitForFunction(() => document.querySelectorAll('video').length === 1)
    expect(await two.page.evaluate(() => window.session.connectionState)).toBe('connected')
    for (const tab of [one, two]) {
      const lines = await tab.printed()
      expect(lines.filter((line) => /^(uncaught|unhandled|error)/.test(line))).toEqual([])
    }
  }, 90_000)
})
