import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCuttableProxy } from './cuttable-proxy'
import { describeCalls, type Stage, setStage } from './stage'
import { inOrder } from './told'

/** By the store's clock, which follows the endpoint's. */
const TTL_S = 12
/** The endpoint's clock is so far behind that the server's leeway of 60 s is over 20 s after the token was made. */
const SKEW_S = -52

describeCalls('A signal connection that drops during a call in Chromium', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  }, 60_000)
  afterAll(() => stage?.close())

  /** What the server itself says of a token. */
  const statusFor = async (token: string) => {
    const url = stage.server.url.replace(/^ws/, 'http')
    return (await fetch(`${url}/rtc/validate`, { headers: { authorization: `Bearer ${token}` } })).status
  }

  it('is resumed though the token has expired and its endpoint is down, which is told in order', async () => {
    const proxy = await startCuttableProxy(stage.server.url)
    const endpoint = await stage.endpoint({ serverUrl: proxy.url, faults: { ttl: TTL_S, skew: SKEW_S } })
    const { page, tokens, makeClient, printed } = await stage.open()
    const roomName = stage.roomName()
    await makeClient({ endpoint: endpoint.url, request: { roomName, participantIdentity: 'me' } })
    await page.evaluate(() => window.client.fetch())
    await endpoint.close()
    expect(await page.evaluate(() => window.client.connect())).toBeNull()
    const sid = await page.evaluate(() => window.client.room.localParticipant.sid)
    const [token = ''] = await tokens()
    expect(await statusFor(token)).toBe(200)

    // To the server it has expired, past its leeway, and to the client too.
    await expect.poll(() => statusFor(token), { timeout: 40_000, interval: 250 }).toBe(401)
    const snapshot = async () => JSON.parse(await page.evaluate(() => window.client.snapshot))
    expect(await snapshot()).toMatchObject({ token: null, error: { code: 'fetch-failed' } })
    expect(await page.evaluate(() => window.client.room.state)).toBe('connected')

    expect(proxy.cut()).toBeGreaterThan(0)
    const states = () => page.evaluate(() => window.client.roomStates)
    await expect
      .poll(states, { timeout: 30_000 })
      .toEqual(['connecting', 'connected', 'signalReconnecting', 'connected'])
    expect(await page.evaluate(() => window.client.room.localParticipant.sid)).toBe(sid)
    expect((await stage.rooms.listParticipants(roomName)).map((participant) => participant.sid)).toEqual([
      sid,
    ])
    expect(await snapshot()).toMatchObject({ token: null, error: { code: 'fetch-failed' } })
    expect(await tokens()).toEqual([token])

    const story = await page.evaluate(() => window.client.story)
    const wanted = [
      ...['idle -> fetching', 'attempt, initial', 'clock-corrected', 'fetching -> valid'],
      ...['room connecting', 'room connected', 'valid -> expiring', 'expiring -> refreshing'],
      ...['attempt, refresh', 'attempt failed: fetch-failed', 'refreshing -> expiring (fetch-failed)'],
      ...['expiring -> fetching (fetch-failed)', 'room reconnecting', 'room connected'],
    ]
    expect(inOrder(story, wanted)).toEqual(wanted)
    expect(story.filter((line) => /^room|invalidated/.test(line))).toEqual(
      wanted.filter((line) => line.startsWith('room')),
    )
    expect((await printed()).filter((line) => /^(uncaught|unhandled)/.test(line))).toEqual([])
  }, 120_000)
})
