import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createWebSocketInspector } from '@statelyai/inspect'
import type { FrameLocator, Page } from 'playwright-core'
import { BehaviorSubject } from 'rxjs'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { createActor, createMachine } from 'xstate'
import type { Inspector } from '../../../devtools/src/inspector/start-inspector'
import { connectInspector } from '../../../devtools/src/node/connect-inspector'
import type { TokenRecord } from '../../../devtools/src/recorder/record'
import { writeSession } from '../../../devtools/src/recorder/session-file'
import type { Recorder } from '../../../devtools/src/recorder/types'
import { describeWithBrowser } from '../../helpers/browser'
import { canaries } from '../../helpers/printed'
import { signToken } from '../../helpers/tokens'
import { story } from '../records'
import { type Bench, type ContextOptions, startBench, wholeDom } from './open-inspector'
import { receivedBy, send, sendWithVersion4, sendWithVersion5 } from './senders'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TOKEN = signToken({ issuedAt: 1_700_000_000_000 })
const SLOW = 240_000
/** Of one condition within a test: what is not there by then is named by the failure. */
const WAIT = 60_000
const GREETINGS = [{ type: 'xstate.inspecting' }, { type: '@statelyai.connected' }]

describeWithBrowser('The inspector’s page, in a real browser', () => {
  let bench: Bench
  let inspector: Inspector

  beforeAll(async () => {
    bench = await startBench()
  }, SLOW)

  beforeEach(async () => {
    inspector = await bench.inspector()
  })

  afterAll(() => bench?.close())

  async function open(options?: ContextOptions) {
    const { context, said } = await bench.context(options)
    onTestFinished(() => context.close())
    return { context, said, page: await context.newPage() }
  }

  /** An app that shows the inspector's page in that form, and the page. */
  async function inspected(
    form: 'popup' | 'iframe',
    start: typeof sendWithVersion4,
    origin = bench.app.origin,
    options?: ContextOptions,
  ) {
    const { page: app, said, context } = await open(options)
    await app.goto(origin)
    const sending = { url: inspector.url, form, token: TOKEN }
    if (form === 'iframe') {
      await start(app, sending)
      return { app, said, page: app.frameLocator('iframe') }
    }
    const [page] = await Promise.all([context.waitForEvent('page'), start(app, sending)])
    return { app, said, page, popup: page }
  }

  const heading = (page: Page | FrameLocator, name: string) =>
    page.getByRole('heading', { name, level: 2, exact: true }).waitFor({ timeout: WAIT })
  const option = (page: Page | FrameLocator, name: string | RegExp) => page.getByRole('option', { name })
  const state = (page: Page | FrameLocator, text: string) =>
    page.locator('.now .state', { hasText: text }).waitFor({ timeout: WAIT })
  const drawn = (page: Page | FrameLocator, selector: string) => page.locator(`.drawing ${selector}`)

  it.each(['popup', 'iframe'] as const)(
    'shows what @statelyai/inspect sends to it as a %s: chart, states, events, children',
    async (form) => {
      const { app, page, said } = await inspected(form, sendWithVersion5)
      await heading(page, 'checkout')
      await state(page, 'browsing')
      await drawn(page, '.box[data-active=true]:has-text("browsing")').last().waitFor({ timeout: WAIT })
      await send(app, 'CHECKOUT')
      await state(page, 'paying.card.entering')
      await state(page, 'paying.delivery.choosing')
      await send(app, 'CHOOSE')
      await state(page, 'paying.delivery.chosen')
      await drawn(page, '.arrow-label text[data-taken=true]:text-is("CHOOSE")').waitFor({ timeout: WAIT })
      expect(await drawn(page, '.box[data-kind=parallel]').count()).toBe(1)
      await send(app, 'SUBMIT')
      await state(page, 'confirmed')
      await option(page, /CHOOSE.*paying\.delivery\.choosing → paying\.delivery\.chosen/).waitFor()

      await option(page, /^authorize done$/).click()
      await heading(page, 'authorize')
      await page.getByText('actor without a machine').waitFor()
      await page.getByRole('button', { name: 'checkout' }).click()
      await heading(page, 'checkout')

      expect(await receivedBy(app)).toEqual(GREETINGS)
      expect(said).toEqual([])
    },
    SLOW,
  )

  it.each(['popup', 'iframe'] as const)(
    'shows what @xstate/inspect sends to it as a %s: chart, states, events, children',
    async (form) => {
      const { app, page, said } = await inspected(form, sendWithVersion4)
      await heading(page, 'washer')
      await state(page, 'idle')
      await send(app, 'START')
      await state(page, 'washing.filling')
      await drawn(page, '.arrow-label[data-taken=true]').waitFor({ timeout: WAIT })
      await option(page, /^pump/).waitFor({ timeout: WAIT })
      await send(app, 'RESET')
      await drawn(page, '.box-line[data-taken=true]:text-is("RESET → idle")').waitFor({ timeout: WAIT })
      await send(app, 'START')
      await send(app, 'FULL')
      await state(page, 'done')
      await page.locator('.badge', { hasText: /done|stopped/ }).waitFor({ timeout: WAIT })
      expect(await receivedBy(app)).toEqual(GREETINGS)
      expect(said).toEqual([])
    },
    SLOW,
  )

  it(
    'holds no token, though context, events and results have one',
    async () => {
      const { app, popup } = await inspected('popup', sendWithVersion5)
      await heading(popup!, 'checkout')
      for (const type of ['CHECKOUT', 'CHOOSE', 'SUBMIT']) await send(app, type)
      await state(popup!, 'confirmed')
      const seen: string[] = []
      const count = await popup!.locator('.event').count()
      for (let index = 0; index < count; index += 1) {
        await popup!.locator('.event').nth(index).click()
        for (const closed of await popup!.locator('.detail details:not([open]) > summary').all()) {
          await closed.click()
        }
        seen.push(await wholeDom(popup!))
      }
      const [download] = await Promise.all([
        popup!.waitForEvent('download'),
        popup!.getByRole('button', { name: 'Save JSON' }).click(),
      ])
      seen.push(readFileSync(await download.path(), 'utf8'))
      const told = seen.join('\n')
      expect(told).toContain('[token]')
      for (const canary of canaries(TOKEN)) expect(told).not.toContain(canary)
    },
    SLOW,
  )

  it(
    'tells a page of another origin nothing, and takes nothing from it',
    async () => {
      const { app, popup } = await inspected('popup', sendWithVersion5, bench.evil.origin)
      await popup!.getByRole('heading', { name: 'Waiting for the app that opened this page' }).waitFor()
      // Whatever it posts by itself, greeted or not.
      await app.evaluate((url) => {
        const inspector = window.open('', 'xstateinspector')
        const message = {
          type: '@xstate.event',
          _version: '0.7.2',
          sessionId: 'x:0',
          event: { type: 'EVIL' },
        }
        for (const origin of ['*', new URL(url).origin]) inspector?.postMessage(message, origin)
        inspector?.postMessage(
          { type: 'service.register', sessionId: 'x:0', machine: '{}', state: '{}' },
          '*',
        )
      }, inspector.url)
      // The page's own words come after: by then it has seen all of that.
      await popup!.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      )
      expect(await popup!.getByRole('option').count()).toBe(0)
      expect(await wholeDom(popup!)).not.toContain('EVIL')
      expect(await receivedBy(app)).toEqual([])
      // Whoever looks at it is told why nothing comes.
      await popup!
        .getByRole('alert')
        .filter({ hasText: `--allow-origin ${bench.evil.origin}` })
        .waitFor()
    },
    SLOW,
  )

  it(
    'does not let a page of another origin have it in a frame',
    async () => {
      const { app, page } = await inspected('iframe', sendWithVersion5, bench.evil.origin)
      await expect.poll(() => app.frames().length, { timeout: WAIT }).toBe(2)
      await expect.poll(() => app.frames()[1]?.url(), { timeout: WAIT }).toMatch(/^chrome-error:/)
      expect(await page.getByRole('main').count()).toBe(0)
      expect(await receivedBy(app)).toEqual([])
    },
    SLOW,
  )

  it(
    'shows a Node process over the WebSocket, and all of it once more when it is opened anew',
    async () => {
      const { page } = await open()
      await page.goto(inspector.url)
      const { inspect, stop } = createWebSocketInspector({ url: inspector.url.replace('http', 'ws') })
      onTestFinished(() => stop?.())
      const machine = createMachine({
        id: 'lamp',
        initial: 'off',
        states: { off: { on: { PRESS: 'on' } }, on: { on: { PRESS: 'off' } } },
      })
      const actor = createActor(machine, { inspect }).start()
      await option(page, /^lamp/).click({ timeout: WAIT })
      await heading(page, 'lamp')
      actor.send({ type: 'PRESS' })
      await state(page, 'on')
      const events = await page.locator('.event').count()
      await page.reload()
      await option(page, /^lamp/).click({ timeout: WAIT })
      await state(page, 'on')
      expect(await page.locator('.event').count()).toBe(events)
    },
    SLOW,
  )

  /** A program that sends these frames of `@statelyai/inspect`'s protocol. */
  async function program(frames: readonly object[]) {
    const socket = new WebSocket(inspector.url.replace('http', 'ws'))
    onTestFinished(() => socket.terminate())
    await once(socket, 'open')
    const say = (...more: readonly object[]) => {
      for (const frame of more) {
        socket.send(JSON.stringify({ _version: '0.7.2', createdAt: String(Date.now()), id: null, ...frame }))
      }
    }
    say(...frames)
    return { say, hangUp: () => socket.close() }
  }
  const machine = (sessionId: string, states: object, rest: object = {}) => ({
    type: '@xstate.actor',
    sessionId,
    name: sessionId,
    definition: JSON.stringify({ id: sessionId, initial: 's0', states }),
    snapshot: { status: 'active', value: 's0', context: {} },
    ...rest,
  })

  it(
    'keeps what a program told that hung up, and says so; and why, when its frame was too big',
    async () => {
      const { page } = await open()
      await page.goto(inspector.url)
      const one = await program([machine('lamp', { s0: { on: { GO: 's1' } }, s1: {} })])
      await heading(page, 'lamp')
      one.hangUp()
      await page.getByText('Not connected: this is what it told last. It may still be running.').waitFor()
      expect(await page.locator('.badge').textContent()).toBe('not connected')
      await state(page, 's0')
      expect(await violations(page)).toEqual([])

      const two = await program([machine('door', { s0: { on: { GO: 's1' } }, s1: {} })])
      await option(page, /^door/).click({ timeout: WAIT })
      two.say({ ...machine('door', {}), context: 'x'.repeat(1_100_000) })
      await page.getByText(/^Disconnected: it sent a frame over 1 MB\. Send less/).waitFor({ timeout: WAIT })
      await state(page, 's0')
    },
    SLOW,
  )

  it(
    'says that its inspector was restarted, when another one is at its address',
    async () => {
      const { page } = await open()
      await page.goto(inspector.url)
      await program([machine('lamp', { s0: { on: { GO: 's1' } }, s1: {} })])
      await heading(page, 'lamp')
      await inspector.close()
      await page.getByText('Reconnecting').waitFor({ timeout: WAIT })
      await bench.inspector({ port: Number(new URL(inspector.url).port) })
      const words = 'The inspector was restarted: open the URL that it printed.'
      await page.getByRole('alert').getByText(words).waitFor({ timeout: WAIT })
      expect(await page.locator('.badge').textContent()).toBe('not connected')
      expect(await violations(page)).toEqual([])
    },
    SLOW,
  )

  it(
    'shows all of a chart that is far too big, once it is told to, and moves on from there',
    async () => {
      const { page } = await open()
      await page.goto(inspector.url)
      const names = Array.from({ length: 90 }, (_, index) => `s${index}`)
      const big = names.map((name, index) => [
        name,
        { on: { GO: `s${(index + 1) % 90}`, SKIP: `s${(index * 7) % 90}` } },
      ])
      await program([machine('big', Object.fromEntries(big))])
      await heading(page, 'big')
      await drawn(page, '.box').last().waitFor({ timeout: WAIT })
      const outside = () =>
        page.evaluate(() => {
          const place = document.querySelector('.chart-place')!.getBoundingClientRect()
          return [...document.querySelectorAll('.drawing .box')].filter((box) => {
            const { left, right, top, bottom } = box.getBoundingClientRect()
            return left < place.left || right > place.right || top < place.top || bottom > place.bottom
          }).length
        })
      expect(await outside()).toBeGreaterThan(10)
      await page.getByRole('button', { name: 'Show all of it' }).click()
      await expect.poll(outside).toBe(0)
      const chart = page.getByRole('group', { name: /^Chart/ })
      await chart.focus()
      for (let press = 0; press < 20; press += 1) await page.keyboard.press('+')
      await expect.poll(outside).toBeGreaterThan(10)
      await page.keyboard.press('0')
      await expect.poll(outside).toBe(0)
    },
    SLOW,
  )

  it(
    'has what is alive before what has ended, shows more of it on demand, and says what it does not show',
    async () => {
      const { page } = await open()
      await page.goto(inspector.url)
      const states = { s0: { on: { OK: 's1' } }, s1: { type: 'final' } }
      const done = {
        type: '@xstate.snapshot',
        event: { type: 'OK' },
        snapshot: { status: 'done', value: 's1' },
      }
      const jobs = Array.from({ length: 20 }, (_, index) => `job ${index}`)
      const { say } = await program([
        machine('server', { s0: {}, s1: {} }),
        ...jobs.flatMap((name) => [
          machine(name, states, { parentId: 'server' }),
          ...(name === 'job 15' ? [] : [{ ...done, sessionId: name }]),
        ]),
      ])
      await heading(page, 'server')
      const children = page.locator('.relatives .link')
      await expect.poll(() => children.first().textContent(), { timeout: WAIT }).toBe('job 15')
      await page.getByRole('button', { name: 'Show 12 more children' }).click({ timeout: WAIT })
      await expect.poll(() => children.count()).toBe(20)
      const lanes = page.locator('.lane-name')
      expect((await lanes.allTextContents()).slice(0, 2)).toEqual(['server', 'job 15'])
      await page.getByRole('button', { name: 'Show 15 more actors' }).click()
      await expect.poll(() => lanes.count()).toBe(21)

      say(...Array.from({ length: 320 }, (_, index) => machine(`live ${index}`, states)))
      await page.getByText('22 more are not shown: at most 300 actors at once').waitFor({ timeout: WAIT })
      expect(await violations(page)).toEqual([])
    },
    SLOW,
  )

  it(
    'shows an app’s token stores in the panel',
    async () => {
      const { page, said } = await open()
      await page.goto(inspector.url)
      const records$ = new BehaviorSubject<readonly TokenRecord[]>(story().slice(0, 8))
      const status = { paused: false, imported: false, dropped: 0, allowCommands: false, maxRecords: 500 }
      const recorder = { records$, status$: new BehaviorSubject(status) } as unknown as Recorder
      onTestFinished(connectInspector(recorder, { url: inspector.url }))
      await option(page, /Token stores/).click({ timeout: WAIT })
      const panel = page.locator('token-devtools')
      await panel.getByText('expiring').first().waitFor({ timeout: WAIT })
      records$.next(story())
      await panel.getByText('reconnecting').first().waitFor({ timeout: WAIT })
      expect(said).toEqual([])
    },
    SLOW,
  )

  it(
    'opens a session file with the button or dropped on it, with all network blocked, and says when it is none',
    async () => {
      const { page, context, said } = await open()
      await page.goto(inspector.url)
      await page.waitForLoadState('networkidle')
      await context.setOffline(true)
      await context.route('**', (route) => route.abort())
      const file = (name: string, text: string) => ({
        name,
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      })
      const input = page.locator('input[type=file]').first()
      await input.setInputFiles(file('notes.json', '{"format":"notes"}'))
      await page
        .getByRole('alert')
        .getByText(/no session file/)
        .waitFor()
      await input.setInputFiles(file('demo.json', writeSession(story())))
      await page.locator('token-devtools').getByText('reconnecting').first().waitFor({ timeout: WAIT })
      expect(await page.getByRole('alert').isVisible()).toBe(false)

      await page.evaluate((text) => {
        const data = new DataTransfer()
        data.items.add(new File([text], 'dropped.json'))
        for (const type of ['dragover', 'drop']) {
          document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
          )
        }
      }, writeSession(story()))
      await page.getByText('dropped.json').waitFor()
      expect(said.filter((line) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(line))).toEqual([])
    },
    SLOW,
  )

  it(
    'is operated by the keyboard alone',
    async () => {
      const { app, popup } = await inspected('popup', sendWithVersion5)
      const page = popup!
      await heading(page, 'checkout')
      for (const type of ['CHECKOUT', 'CHOOSE', 'SUBMIT']) await send(app, type)
      await state(page, 'confirmed')

      const events = page.getByRole('listbox', { name: /^Events/ })
      await events.focus()
      await page.keyboard.press('Home')
      await page.locator('.past').waitFor()
      await state(page, 'browsing')
      expect(await events.getAttribute('aria-activedescendant')).toBe(
        await page.locator('.event[aria-selected=true]').getAttribute('id'),
      )
      await page.keyboard.press('Escape')
      await state(page, 'confirmed')
      expect(await page.locator('.past').count()).toBe(0)

      const chart = page.getByRole('group', { name: /^Chart/ })
      const moved = () => page.locator('.drawing > g').getAttribute('transform')
      await chart.focus()
      const first = await moved()
      await page.keyboard.press('ArrowRight')
      await expect.poll(moved).not.toBe(first)
      await page.keyboard.press('+')
      await page.keyboard.press('0')
      await expect.poll(moved).toBe(first)

      await page.getByRole('searchbox').fill('submit')
      await expect.poll(() => page.locator('.event').count()).toBe(1)

      await page.getByRole('listbox', { name: 'Stores and actors' }).focus()
      await page.keyboard.press('End')
      await heading(page, 'authorize')
    },
    SLOW,
  )

  it.each(['light', 'dark'] as const)(
    'has nothing that axe finds, in the %s theme, from 320 px to 1440 px',
    async (colorScheme) => {
      const { app, popup } = await inspected('popup', sendWithVersion5, bench.app.origin, { colorScheme })
      const { page: empty } = await open({ colorScheme })
      await empty.goto(inspector.url)
      await empty.getByRole('heading', { name: 'XState 4' }).waitFor()
      const { page: file } = await open({ colorScheme })
      await file.goto(inspector.url)
      await file
        .locator('input[type=file]')
        .first()
        .setInputFiles({
          name: 'a.json',
          mimeType: 'application/json',
          buffer: Buffer.from(writeSession(story())),
        })
      await file.locator('token-devtools').getByText('reconnecting').first().waitFor({ timeout: WAIT })
      await heading(popup!, 'checkout')
      for (const type of ['CHECKOUT', 'CHOOSE']) await send(app, type)
      await state(popup!, 'paying.delivery.chosen')
      await popup!.locator('.event').first().click()
      await popup!.getByText('The chart as text').click()

      for (const page of [popup!, empty, file]) {
        for (const width of [1440, 768, 320]) {
          await page.setViewportSize({ width, height: 900 })
          await expect
            .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
            .toBeLessThanOrEqual(0)
          expect(await violations(page)).toEqual([])
        }
      }
    },
    SLOW,
  )

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(AXE)
    const { violations: found } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(),
    )
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
  }
})
