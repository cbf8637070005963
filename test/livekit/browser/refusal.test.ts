import { afterAll, beforeAll, expect, it } from 'vitest'
import { canaries } from '../../helpers/printed'
import { describeCalls, type Stage, setStage } from './stage'

describeCalls('A token that the server refuses, in Chromium', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  }, 60_000)
  afterAll(() => stage?.close())

  it.each([
    ['which the client knows to have expired', '?expired'],
    ['which the client takes for good, as its endpoint’s clock is behind', '?ttl=900&skew=-1000'],
  ])(
    'past its leeway, %s, is replaced by exactly one forced fetch',
    async (_, query) => {
      const endpoint = await stage.endpoint()
      const { page, tokens, makeClient, chromium } = await stage.open()
      const request = { roomName: stage.roomName(), participantIdentity: 'me' }
      await makeClient({ endpoint: endpoint.url + query, forcedEndpoint: endpoint.url, request })
      expect(await page.evaluate(() => window.client.connect())).toBeNull()
      const story = await page.evaluate(() => window.client.story)
      expect(story.filter((line) => /^(attempt|room|invalidated)/.test(line))).toEqual([
        ...['attempt, initial', 'room connecting', 'room disconnected: USER_REJECTED'],
        ...['attempt, forced', 'room connecting', 'room connected'],
      ])
      expect(await tokens()).toHaveLength(2)
      // The one refusal, as Chromium saw it: the question why, at which livekit-client reads the status.
      const refusals = () => chromium.filter((line) => line.includes('a status of 401'))
      await expect.poll(refusals, { timeout: 20_000 }).toHaveLength(1)
      expect(await page.evaluate(() => window.client.store.getSnapshot().status)).toBe('valid')
    },
    60_000,
  )

  it('twice, and whose 401 quotes it, is repeated by nothing but Chromium’s own two lines a try', async () => {
    const endpoint = await stage.endpoint({ apiSecret: 'forged' })
    const { page, tokens, makeClient, chromium, printed } = await stage.open()
    await makeClient({ endpoint: endpoint.url, request: { roomName: stage.roomName() } })
    const error = await page.evaluate(() => window.client.connect())
    expect(error).toMatchObject({ name: 'ConnectionError', reason: 0, status: 401 })
    expect(error?.message).toMatch(/invalid token: \[token\], error: /)
    const raw = await tokens()
    expect(raw).toHaveLength(2)

    const ours = await page.evaluate(() => [
      JSON.stringify(window.client.events),
      window.client.snapshot,
      document.documentElement.outerHTML,
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    ])
    const everything = [JSON.stringify(error), ...ours, ...(await printed())].join('\n')
    expect(everything).toContain('USER_REJECTED')
    for (const part of raw.flatMap(canaries)) expect(everything).not.toContain(part)

    // Chromium names what it could not load, and livekit-client puts the token into the URL: "WebSocket connection to
    // '…/rtc/v1?access_token=…' failed", and "Failed to load resource … 401 …/rtc/v1/validate?access_token=…".
    const repeating = () => chromium.filter((line) => raw.some((token) => line.includes(token)))
    const kinds = () => repeating().map((line) => line.replace(/ .*/, ''))
    await expect.poll(kinds, { timeout: 20_000 }).toEqual(['WebSocket', 'Failed', 'WebSocket', 'Failed'])
    expect(chromium).toEqual(repeating())
  }, 60_000)
})
