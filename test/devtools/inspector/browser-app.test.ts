import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { listenOnLoopback } from '../../../devtools/src/loopback/listen'
import { describeWithBrowser, launchBrowser } from '../../helpers/browser'
import { canaries } from '../../helpers/printed'
import { ROOT } from '../../helpers/repo'
import { signToken } from '../../helpers/tokens'
import { Client, inspector, only, Watcher } from './setup'

const SCRIPT = `
  import { createTokenStore } from 'livekit-token-store'
  import { connectInspector } from './devtools/src/bridges/inspector'
  import { createRecorder } from './devtools/src/recorder/create-recorder'

  globalThis.start = (url, participantToken) => {
    const store = createTokenStore({
      name: 'page',
      fetchToken: () => ({ serverUrl: 'wss://rooms.example', participantToken }),
    })
    const recorder = createRecorder({ allowCommands: true })
    recorder.attach(store)
    globalThis.disconnect = connectInspector(recorder, { url })
    return store.fetch().then(() => undefined)
  }`

declare const start: (url: string, participantToken: string) => Promise<void>
declare const disconnect: () => void

/** An app's page, on an origin of its own. */
async function servePage(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: ROOT },
    tsconfig: `${ROOT}tsconfig.json`,
    nodePaths: [`${ROOT}devtools/node_modules`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  })
  const page = '<!doctype html><title>App</title><script type="module" src="/app.js"></script>'
  const { origin, close } = await listenOnLoopback(({ url }, response) => {
    const isScript = url === '/app.js'
    response
      .setHeader('Content-Type', `text/${isScript ? 'javascript' : 'html'}`)
      .end(isScript ? outputFiles[0]?.text : page)
  })
  onTestFinished(close)
  return origin
}

describeWithBrowser('An app in a browser that connects to the inspector', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  }, 120_000)
  afterAll(() => browser.close())

  async function openApp(origin: string) {
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    context.setDefaultTimeout(55_000)
    const page = await context.newPage()
    await page.goto(origin)
    await page.waitForFunction(() => 'start' in globalThis)
    return page
  }

  it('is seen with its origin when that is listed, takes a command, and shows no token', async () => {
    const origin = await servePage()
    const { url } = await inspector({ allowedOrigins: [origin] })
    const watcher = await Watcher.at(url)
    const page = await openApp(origin)
    const token = signToken({ issuedAt: Math.floor(Date.now() / 1_000) * 1_000 })
    await page.evaluate(([url, token]) => start(url, token), [url, token] as const)
    const states = () => watcher.told().flatMap(({ frame }) => ('to' in frame && frame.to ? [frame.to] : []))
    await watcher.until(() => states().at(-1) === 'valid')
    const { source } = only(watcher.sources)
    expect(only(watcher.sources)).toMatchObject({
      name: 'page',
      origin,
      connected: true,
      allowCommands: true,
    })
    watcher.say({ kind: 'command', id: 1, source, lifecycle: 'store-1/1', name: 'invalidate' })
    await watcher.until(() => states().at(-1) === 'idle')
    await page.evaluate(() => disconnect())
    await watcher.until(() => !only(watcher.sources).connected)
    for (const part of canaries(token)) expect(watcher.texts.join('\n')).not.toContain(part)
  })

  it('is refused when its origin is not listed, and works on as if nothing had happened', async () => {
    const origin = await servePage()
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const page = await openApp(origin)
    const refused = page.waitForEvent('console', (message) => message.text().includes('403'))
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    const token = signToken({ issuedAt: Math.floor(Date.now() / 1_000) * 1_000 })
    await page.evaluate(([url, token]) => start(url, token), [url, token] as const)
    await refused
    // Whoever is let in is seen, so that what is not seen was not let in.
    const app = await new Client(url).opened()
    app.say({ kind: 'hello', app: 'an-app-of-16-to-64', allowCommands: false })
    await watcher.until(() => watcher.sources.length > 0)
    expect(only(watcher.sources).origin).toBeNull()
    expect(errors).toEqual([])
  })
})
