import type { Locator, Page } from 'playwright-core'

/** Enough for a machine with a lot to do: encoding, decoding and drawing are all its own. */
const SOON = { timeout: 30_000 }

/** One room on the page of the demo: what is to be seen of it, and what is to be done. */
export function roomOf(page: Page, title: string) {
  const card: Locator = page.getByRole('article', { name: title })
  const tile = (identity: string) => card.locator(`[data-identity="${identity}"]`)
  return {
    card,
    tile,
    press: (name: string) => card.getByRole('button', { name, exact: true }).click(),
    token: (word: string) => card.locator('header .badge', { hasText: word }).waitFor(SOON),
    connection: (word: string) =>
      card.locator('header .connection', { hasText: new RegExp(`^${word}$`) }).waitFor(SOON),
    note: (text: string | RegExp) => card.locator('.call-note', { hasText: text }).waitFor(SOON),
    identity: async () => (await card.locator('.facts dd').nth(2).textContent()) ?? '',
    async join() {
      await this.token('valid')
      await this.press('Join room')
      await this.connection('connected')
      return this.identity()
    },
    /** Waits until new frames of that person's video have been shown. */
    async plays(identity: string) {
      await tile(identity).locator('video:not([hidden])').waitFor(SOON)
      await page.waitForFunction(
        ({ room, who }) => {
          const video = document.querySelector<HTMLVideoElement & { framesBefore?: number }>(
            `[data-room="${room}"] [data-identity="${who}"] video`,
          )
          if (!video || video.videoWidth === 0) return false
          const frames = video.getVideoPlaybackQuality().totalVideoFrames
          video.framesBefore ??= frames
          const isMoving = frames > video.framesBefore + 2
          if (isMoving) delete video.framesBefore
          return isMoving
        },
        { room: title.toLowerCase(), who: identity },
        SOON,
      )
    },
    gone: (identity: string) => tile(identity).waitFor({ state: 'detached', ...SOON }),
  }
}
