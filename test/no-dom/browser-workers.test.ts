import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { describeWithBrowser, launchBrowser } from '../helpers/browser'
import { bundleOf } from './bundle'
import { expectWholeLife, startEndpoint } from './endpoint'
import type { Life } from './life'
import { recipeOf } from './recipes'

/** Each kind of worker answers one message with what became of a store in it, and says what it has of a page. */
const SCRIPT = `
import { fromEndpoint } from 'livekit-token-store/livekit'
import { live } from './life'
export const start = async () => ({
  life: await live(fromEndpoint('/token')),
  page: ['window', 'document', 'localStorage'].filter((name) => name in globalThis),
})`

/** How a page starts a worker of that kind and hears its answer. */
const KINDS = {
  Worker: {
    script: 'onmessage = async () => postMessage(await bundle.start())',
    page: (resolve: (told: unknown) => void, reject: (error: unknown) => void) => {
      const worker = new Worker('/worker.js')
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.postMessage('start')
    },
  },
  SharedWorker: {
    script: 'onconnect = async ({ ports: [port] }) => port.postMessage(await bundle.start())',
    page: (resolve: (told: unknown) => void, reject: (error: unknown) => void) => {
      const worker = new SharedWorker('/worker.js')
      worker.port.onmessage = ({ data }) => resolve(data)
      worker.onerror = () => reject(new Error('The shared worker failed.'))
      worker.port.start()
    },
  },
  ServiceWorker: {
    script:
      'onmessage = ({ ports: [port], waitUntil }) => bundle.start().then((told) => port.postMessage(told))',
    page: async (resolve: (told: unknown) => void) => {
      await navigator.serviceWorker.register('/worker.js')
      const { active } = await navigator.serviceWorker.ready
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => resolve(data)
      active!.postMessage('start', [port2])
    },
  },
} as const

describeWithBrowser('In a browser', () => {
  let browser: Browser
  let bundle: string
  beforeAll(async () => {
    browser = await launchBrowser()
    bundle = await bundleOf(SCRIPT, { platform: 'browser' })
  }, 60_000)
  afterAll(() => browser?.close())

  async function pageWith(script: string, ofPage = ''): Promise<{ page: Page; made: () => number }> {
    const { origin, made } = await startEndpoint({
      '/': '<title>A page</title><script src="/page.js"></script>',
      '/page.js': ofPage,
      '/worker.js': script,
    })
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(origin)
    return { page, made }
  }

  it.each(['Worker', 'SharedWorker', 'ServiceWorker'] as const)(
    'a store lives its whole life in a %s, which has no page',
    async (kind) => {
      const { page, made } = await pageWith(bundle + KINDS[kind].script)
      const told = await page.evaluate(
        `new Promise((resolve, reject) => (${KINDS[kind].page})(resolve, reject))`,
      )
      const { life, page: ofPage } = told as { life: Life; page: string[] }
      expectWholeLife(life)
      expect(ofPage).toEqual([])
      expect(made()).toBe(2)
    },
  )

  it('a store in a Worker that the page tells of the network waits while it is gone, and asks when it is back', async () => {
    // Chromium tells a worker nothing: the recipe's two halves carry the page's news to it.
    const recipe = recipeOf('environmentOf')
    const worker = await bundleOf(
      `import { createTokenStore } from 'livekit-token-store'
      import { fromEndpoint } from 'livekit-token-store/livekit'
      ${recipe}
      export function start() {
        // A retry that nobody hurries comes in ten minutes.
        const retry = { baseMs: 600_000, capMs: 600_000 }
        const store = createTokenStore({
          fetchToken: fromEndpoint('/token'),
          retry,
          random: () => 1,
          environment: environmentOf(self),
        })
        store.subscribe(({ status, nextAt }) => postMessage({ status, waits: nextAt !== null }))
        addEventListener('message', ({ data }) => data === 'fetch' && store.fetch().catch(() => {}))
      }`,
      { platform: 'browser' },
    )
    const ofPage = await bundleOf(recipe, { platform: 'browser' })
    const { page, made } = await pageWith(`${worker};bundle.start()`, ofPage)
    await page.evaluate(`new Promise((ready) => {
      globalThis.told = []
      globalThis.worker = new Worker('/worker.js')
      worker.onmessage = ({ data }) => ready(void told.push(data))
    })`)
    await page.evaluate('globalThis.stop = bundle.tellWorker(worker)')
    const last = () => page.evaluate('told.at(-1)')
    await page.context().setOffline(true)
    await page.evaluate('worker.postMessage("fetch")')
    await expect.poll(last, { timeout: 30_000 }).toMatchObject({ status: 'fetching', waits: true })
    expect(made()).toBe(0)
    await page.context().setOffline(false)
    await expect.poll(last, { timeout: 30_000 }).toMatchObject({ status: 'valid' })
    expect(made()).toBe(1)
  })

  it('a store in a Worker that begins without a network asks again when its retry is due', async () => {
    const worker = await bundleOf(
      `import { createTokenStore } from 'livekit-token-store'
      import { fromEndpoint } from 'livekit-token-store/livekit'
      addEventListener('message', async () => {
        const store = createTokenStore({ fetchToken: fromEndpoint('/token'), retry: { maxAttempts: 30, capMs: 500 } })
        store.subscribe(({ status, attempt }) => postMessage({ status, attempt }))
        store.fetch().catch(() => {})
      })`,
      { platform: 'browser' },
    )
    const { page } = await pageWith(`${worker};postMessage({ status: 'loaded' })`)
    await page.evaluate(`new Promise((ready) => {
      globalThis.told = []
      globalThis.worker = new Worker('/worker.js')
      worker.onmessage = ({ data }) => ready(void told.push(data))
    })`)
    await page.context().setOffline(true)
    await page.evaluate('worker.postMessage("fetch")')
    const seen = (attempt: number) => page.evaluate(`told.some((state) => state.attempt === ${attempt})`)
    await expect.poll(() => seen(2), { timeout: 30_000 }).toBe(true)
    await page.context().setOffline(false)
    await expect.poll(() => page.evaluate('told.at(-1).status'), { timeout: 30_000 }).toBe('valid')
  })
})
