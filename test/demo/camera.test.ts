import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeWithBrowser } from '../helpers/browser'
import { livekitMissing, type RunningServer, startLiveKit } from '../helpers/livekit-server'
import { launchBrowserWithCamera, startDemo, unexpected } from './open-demo'
import { roomOf } from './room-of'

describeWithBrowser('The demo, in a browser that has a camera', () => {
  describe.skipIf(livekitMissing)('on a real LiveKit server', () => {
    let livekit: RunningServer
    beforeAll(async () => {
      livekit = await startLiveKit()
    }, 60_000)
    afterAll(() => livekit?.stop())

    it.each([
      ['sends the camera, mirrored for oneself alone', true, 'You send your camera, and no sound.'],
      [
        'sends a drawn picture when the camera is refused',
        false,
        'You send a drawn picture: the camera was refused.',
      ],
    ])('%s', async (_, allowed, note) => {
      const demo = await startDemo({
        livekitUrl: livekit.url,
        browser: () => launchBrowserWithCamera({ allowed }),
      })
      try {
        const [one, two] = [await demo.open(), await demo.open()]
        const me = await roomOf(one.page, 'Lobby').join()
        await roomOf(two.page, 'Lobby').join()
        await roomOf(one.page, 'Lobby').note(note)
        await roomOf(one.page, 'Lobby').plays(me)
        await roomOf(two.page, 'Lobby').plays(me)
        const mirrored = ({ page }: typeof one) => roomOf(page, 'Lobby').tile(me).locator('.mirrored').count()
        expect([await mirrored(one), await mirrored(two)]).toEqual([allowed ? 1 : 0, 0])
        const video = await roomOf(one.page, 'Lobby').tile(me).locator('video').elementHandle()
        const track = await video?.evaluateHandle((element) => {
          const stream = (element as HTMLVideoElement).srcObject as MediaStream
          return stream.getVideoTracks()[0]
        })
        const isOn = () => track?.evaluate((one) => one?.readyState)
        expect(await isOn()).toBe('live')
        await roomOf(one.page, 'Lobby').press('Leave')
        await roomOf(one.page, 'Lobby').connection('disconnected')
        // No camera stays on behind one's back.
        expect(await isOn()).toBe('ended')
        expect(unexpected(one, two)).toEqual([])
      } finally {
        await demo.close()
      }
    })
  })
})
