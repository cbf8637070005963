import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeCalls, type Stage, setStage } from './stage'
import type { Tab } from './tab'

describeCalls('Two tabs of one Chromium with a store each', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  }, 60_000)
  afterAll(() => stage?.close())

  /** Two tabs of one window, whose stores ask for a token for the same room. */
  async function openTwo(identities: readonly [string, string]) {
    const endpoint = await stage.endpoint()
    const context = await stage.browser.newContext()
    const roomName = stage.roomName()
    const tabs: Tab[] = []
    for (const participantIdentity of identities) {
      const tab = await stage.open(context)
      await tab.makeClient({ endpoint: endpoint.url, request: { roomName, participantIdentity } })
      tabs.push(tab)
    }
    return { tabs: tabs as [Tab, Tab], roomName }
  }

  const connect = ({ page }: Tab) => page.evaluate(() => window.client.connect())
  const others = ({ page }: Tab) => page.evaluate(() => window.client.others)
  const seen = ({ page }: Tab) => page.evaluate(() => window.client.seen)
  const told = async ({ page }: Tab) =>
    (await page.evaluate(() => window.client.story)).filter((line) => /^room|invalidated/.test(line))

  it('stay connected, and see each other and each other’s camera, when they are two identities', async () => {
    const { tabs } = await openTwo(['one', 'two'])
    expect(await Promise.all(tabs.map(connect))).toEqual([null, null])
    await Promise.all(
      tabs.map(({ page }) => page.evaluate(() => window.client.publishCamera().then(() => {}))),
    )
    await expect.poll(() => Promise.all(tabs.map(seen)), { timeout: 20_000 }).toEqual([['two'], ['one']])
    expect(await Promise.all(tabs.map(others))).toEqual([['two'], ['one']])
    for (const tab of tabs) {
      expect(await told(tab)).toEqual(['room connecting', 'room connected'])
      expect(await tab.tokens()).toHaveLength(1)
    }
  }, 90_000)

  it('leave the room to the later one when they are one identity: the first keeps its token and stays out', async () => {
    const { tabs, roomName } = await openTwo(['same', 'same'])
    const [first, second] = tabs
    expect(await connect(first)).toBeNull()
    expect(await connect(second)).toBeNull()
    const end = 'room disconnected: DUPLICATE_IDENTITY'
    await expect.poll(async () => (await told(first)).at(-1), { timeout: 20_000 }).toBe(end)
    // That nothing happens can only be waited for.
    await wait(2_000)
    expect(await told(first)).toEqual(['room connecting', 'room connected', end])
    expect(await told(second)).toEqual(['room connecting', 'room connected'])
    const sid = await second.page.evaluate(() => window.client.room.localParticipant.sid)
    expect((await stage.rooms.listParticipants(roomName)).map((participant) => participant.sid)).toEqual([
      sid,
    ])

    expect(await first.page.evaluate(() => window.client.store.getSnapshot().status)).toBe('valid')
    const kept = await first.page.evaluate(async () => (await window.client.fetch()).participantToken)
    expect(await first.tokens()).toEqual([kept])
  }, 90_000)
})
