import { afterAll, beforeAll, expect, it } from 'vitest'
import { freeTcpPort } from '../../devtools/src/livekit-server/free-port'
import { WAYS_TO_GET_LIVEKIT } from '../../devtools/src/livekit-server/how-to-get'
import { describeWithBrowser } from '../helpers/browser'
import { violationsOf } from './axe'
import { type Demo, startDemo } from './open-demo'
import { roomOf } from './room-of'

describeWithBrowser('The demo, without a LiveKit server', () => {
  let demo: Demo
  beforeAll(async () => {
    demo = await startDemo({ livekitUrl: null })
  }, 60_000)
  afterAll(() => demo?.close())

  it('shows its tokens all the same, and offers nothing that cannot be done', async () => {
    const { page, said } = await demo.open()
    await roomOf(page, 'Lobby').token('valid')
    await roomOf(page, 'Lobby').connection('not joined')
    expect(await page.getByRole('button', { name: 'Join room' }).count()).toBe(0)
    expect(await page.locator('#livekit').textContent()).toBe('none')
    expect(said).toEqual([])
    await page.close()
  })

  it('says in each room that there is none, and leads to the ways to get one', async () => {
    const { page } = await demo.open()
    for (const title of ['Lobby', 'Stage']) {
      await roomOf(page, title).card.getByText('There is no LiveKit server').waitFor()
    }
    await roomOf(page, 'Stage').card.getByRole('link', { name: 'How to get one' }).click()
    const help = page.getByRole('region', { name: 'To join the rooms, get a LiveKit server' })
    await help.waitFor()
    expect(await help.evaluate((element) => element === document.activeElement)).toBe(true)
    const told = (await help.innerText()).replace(/\s+/g, ' ')
    for (const { name, command } of WAYS_TO_GET_LIVEKIT) expect(told).toContain(`${name} ${command}`)
    for (const variable of ['LIVEKIT_URL', 'LIVEKIT_SERVER']) expect(told).toContain(variable)
    await page.close()
  })

  it('copies a command', async () => {
    const { page } = await demo.open('', { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByRole('button', { name: 'Copy the command for Linux' }).click()
    await page.getByText('Copied.').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('get.livekit.io')
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'has nothing that axe objects to, and fits 320 px (%s)',
    async (colorScheme) => {
      const viewport = { width: 320, height: 800 }
      const { page } = await demo.open('', { colorScheme, viewport, bypassCSP: true })
      await roomOf(page, 'Lobby').token('valid')
      expect(await violationsOf(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      await page.close()
    },
  )
})

describeWithBrowser('The demo, with a LiveKit server that is named and is not there', () => {
  it('says so when a room is to be joined, keeps the token, and may be tried again', async () => {
    const url = `ws://127.0.0.1:${await freeTcpPort()}`
    const demo = await startDemo({ livekitUrl: url })
    const { page, tokens, said } = await demo.open('?ttl=600')
    const lobby = roomOf(page, 'Lobby')
    await lobby.token('valid')
    for (const _ of ['once', 'again']) {
      await lobby.press('Join room')
      await lobby.note('The LiveKit server does not answer: does it run?')
      await lobby.connection('disconnected')
      await lobby.token('valid')
    }
    expect(tokens).toHaveLength(2)
    expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
    await demo.close()
  })
})
