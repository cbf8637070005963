import type { BrowserContext, Page } from 'playwright-core'
import type { ClientOrder } from './client'

declare global {
  interface Window {
    printed: string[]
  }
}

export interface Tab {
  readonly page: Page
  /** What scripts printed, ours and livekit-client's, and errors that nobody caught. */
  printed(): Promise<string[]>
  /** What Chromium printed of its own accord, with the URL that it names. */
  readonly chromium: string[]
  /** What the token endpoint answered, raw: to know what to look for. */
  tokens(): Promise<string[]>
  /** Makes `window.client` anew. */
  makeClient(order: ClientOrder): Promise<void>
}

/** A tab in which the page's script has run. */
export async function openTab(context: BrowserContext, url: string): Promise<Tab> {
  const page = await context.newPage()
  const chromium: string[] = []
  const answers: Promise<{ participant_token: string }>[] = []
  const session = await context.newCDPSession(page)
  // By the protocol, because Playwright makes one list of what scripts print and what the browser does.
  session.on('Log.entryAdded', ({ entry }) => chromium.push(`${entry.text} ${entry.url ?? ''}`))
  await session.send('Log.enable')
  page.on('response', (response) => {
    // The endpoint alone answers so.
    if (response.status() === 201) answers.push(response.json())
  })
  await page.addInitScript(recordConsole)
  await page.goto(url, { waitUntil: 'load' })
  return {
    page,
    printed: () => page.evaluate(() => window.printed),
    chromium,
    tokens: async () => (await Promise.all(answers)).map(({ participant_token }) => participant_token),
    makeClient: (order) => page.evaluate((given) => window.makeClient(given), order),
  }
}

/** Within the page, where what is printed is whole: from outside, objects are seen shortened. */
function recordConsole(): void {
  const lines: string[] = []
  window.printed = lines
  const whole = (value: unknown): string => {
    const seen = new Set<unknown>()
    const text = JSON.stringify(value, (_, inner: unknown) => {
      if (typeof inner !== 'object' || inner === null)
        return typeof inner === 'bigint' ? String(inner) : inner
      if (seen.has(inner)) return '[again]'
      seen.add(inner)
      return inner instanceof Error ? { ...inner, message: inner.message, stack: inner.stack } : inner
    })
    return `${String(value)} ${text}`
  }
  for (const level of ['debug', 'log', 'info', 'warn', 'error', 'trace'] as const) {
    const print = console[level]
    console[level] = (...values: unknown[]) => {
      lines.push(`${level}: ${values.map(whole).join(' ')}`)
      print(...values)
    }
  }
  addEventListener('error', ({ error }) => lines.push(`uncaught: ${whole(error)}`))
  addEventListener('unhandledrejection', ({ reason }) => lines.push(`unhandled: ${whole(reason)}`))
}
