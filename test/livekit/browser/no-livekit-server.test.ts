import type { IncomingMessage, RequestListener } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { listenOnLoopback } from '../../../devtools/src/loopback/listen'
import { livekitToken, startLiveKit } from '../../helpers/livekit-server'
import { startPageServer } from './page-server'
import { describeCalls, type Stage, setStage } from './stage'
import { openTab } from './tab'

/** What a web server answers: the status, and headers where it matters. */
type Answer = (request: IncomingMessage) => [status: number, headers?: Record<string, string>]

const hidden404: Answer = () => [404]
const readable404: Answer = () => [404, { 'access-control-allow-origin': '*' }]
/** Whoever has not signed in is sent to where it is done, as by a proxy before a company's own app. */
const signIn: Answer = ({ headers, url }) => {
  if (url === '/sign-in') return [200]
  return headers.cookie?.includes('session=') ? [404] : [302, { location: '/sign-in' }]
}

describeCalls('A serverUrl that is no LiveKit server, in Chromium', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  }, 60_000)
  afterAll(() => stage?.close())

  /** A web server, of the page's own origin or of another one, a page with a store that is sent to it, and what it was asked. */
  async function openPage(answer: Answer, where: 'same origin' | 'other origin') {
    const asked: string[] = []
    const web: RequestListener = (request, response) => {
      asked.push(request.url!.split('?')[0]!)
      response.writeHead(...answer(request)).end()
    }
    const pages = await startPageServer('client.ts', where === 'same origin' ? web : undefined)
    const server = where === 'same origin' ? pages : await listenOnLoopback(web)
    const context = await stage.browser.newContext()
    onTestFinished(async () => {
      await context.close()
      await Promise.all([pages.close(), server.close()])
    })
    await context.addCookies([{ name: 'session', value: 'mine', url: pages.origin }])
    const { page, makeClient } = await openTab(context, pages.origin)
    const endpoint = await stage.endpoint({ serverUrl: server.origin.replace(/^http/, 'ws') })
    await makeClient({ endpoint: endpoint.url })
    return { page, asked, url: server.origin }
  }

  it('is asked by upstream’s Room.connect without end, though Chromium slows it down', async () => {
    const { page, asked } = await openPage(readable404, 'other origin')
    await page.evaluate(() => void window.client.connectUpstream())
    await expect.poll(() => asked.length, { timeout: 30_000 }).toBeGreaterThan(30)
    expect(await page.evaluate(() => window.client.room.state)).toBe('connecting')
    await page.evaluate(() => window.client.room.disconnect())
  }, 60_000)

  it.each([
    ['on the page’s own origin', hidden404, 'same origin'],
    ['on the page’s own origin, behind a sign-in by cookie', signIn, 'same origin'],
    ['on another origin, where CORS shows the 404', readable404, 'other origin'],
  ] as const)(
    '%s, makes connectRoom reject within seconds and say why',
    async (_, answer, where) => {
      const { page, url } = await openPage(answer, where)
      const begun = performance.now()
      const error = await page.evaluate(() => window.client.connect())
      expect(performance.now() - begun).toBeLessThan(20_000)
      expect(error).toMatchObject({ name: 'ConnectionError', reason: 7 })
      expect(error?.message).toContain(`${url.replace(/^http/, 'ws')}/ answers 404`)
      expect(await page.evaluate(() => window.client.room.state)).toBe('disconnected')
      const told = await page.evaluate(() => window.client.story)
      expect(told.at(-1)).toBe('room disconnected: CLIENT_INITIATED')
    },
    60_000,
  )

  it('is asked for nothing any more once connectRoom has rejected', async () => {
    const { page, asked } = await openPage(readable404, 'other origin')
    expect(await page.evaluate(() => window.client.connect())).not.toBeNull()
    // What was on its way arrives.
    await wait(500)
    const before = asked.length
    // More than the longest pause that Chromium makes between two tries.
    await wait(6_000)
    expect(asked.length).toBe(before)
  }, 60_000)

  it.each([404, 502])(
    'and whose %i CORS hides sends livekit-client into no loop, as it cannot read it either: it rejects at once',
    async (status) => {
      const { page, asked } = await openPage(() => [status], 'other origin')
      const begun = performance.now()
      const error = await page.evaluate(() => window.client.connect())
      expect(performance.now() - begun).toBeLessThan(20_000)
      expect(error).toMatchObject({ name: 'ConnectionError', reason: 1 })
      expect(asked).toEqual(['/rtc/v1', '/rtc/v1/validate'])
      const upstream = await page.evaluate(() => window.client.connectUpstream())
      expect(upstream?.message).toBe(error?.message)
    },
    60_000,
  )

  it('and whose answer CORS hides cannot be told from a proxy that is down', async () => {
    const answers = await Promise.all(
      [404, 502].map(async (status) => {
        const { page, url } = await openPage(() => [status], 'other origin')
        return page.evaluate(async (server) => {
          const { type, status } = await fetch(`${server}/rtc/validate`, { mode: 'no-cors' })
          const none = await window.isNoLiveKitServer(server, 'token', new AbortController().signal)
          return { type, status, none }
        }, url)
      }),
    )
    expect(answers[0]).toEqual({ type: 'opaque', status: 0, none: false })
    expect(answers[1]).toEqual(answers[0])
  }, 60_000)

  it('is never said of a real one, whatever the token, its room or its settings', async () => {
    const { page } = await stage.open()
    // Rooms are not created by joining them here: who asks for one that is not there is answered 404.
    vi.stubEnv('LIVEKIT_ROOM_AUTO_CREATE', 'false')
    onTestFinished(() => void vi.unstubAllEnvs())
    const strict = await startLiveKit()
    onTestFinished(() => strict.stop())
    const tokens = [
      await livekitToken(),
      await livekitToken({ grant: { room: '' } }),
      await livekitToken({ grant: { roomJoin: false } }),
      await livekitToken({ ttl: -120 }),
      await livekitToken({ secret: 'forged' }),
      'no-token',
    ]
    /** What the page reads at both paths, and what is made of it. */
    const asked = (url: string) =>
      page.evaluate(
        ([server, tokens]) => {
          const http = server.replace(/^ws/, 'http')
          const status = async (path: string, token: string) =>
            (await fetch(`${http}/rtc/${path}`, { headers: { authorization: `Bearer ${token}` } })).status
          return Promise.all(
            tokens.map(async (token) => [
              await status('validate', token),
              await status('v1/validate', token),
              await window.isNoLiveKitServer(server, token, new AbortController().signal),
            ]),
          )
        },
        [url, tokens] as const,
      )
    const [good, ...others] = await asked(stage.server.url)
    expect(good).toEqual([200, 400, false])
    expect(others).toEqual([
      ...[
        [400, 400, false],
        [401, 400, false],
        [401, 401, false],
        [401, 401, false],
        [401, 401, false],
      ],
    ])
    // A server that `LIVEKIT_URL` names has its own settings.
    const missing = process.env.LIVEKIT_URL === undefined ? 404 : 200
    expect(await asked(strict.url)).toEqual([[missing, 400, false], ...others])
  }, 60_000)
})
