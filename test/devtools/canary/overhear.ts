import type { BrowserContext, Page } from 'playwright-core'

/** What left a page, by the place where it came out. */
export type Overheard = Readonly<Record<string, string>>

export interface Overhearing {
  /** Looks at the page as it is now, and remembers it. */
  look(page: Page): Promise<void>
  /** All that was seen and heard up to now. */
  all(page: Page): Promise<Overheard>
  /** What Chromium itself wrote to the console. */
  own(): string
  /** Remembers a text that came out there. */
  add(place: string, text: string): void
}

/** Chromium's own words on a request that failed quote the status text, which is the endpoint’s answer itself. */
const CHROMIUM_ON_THE_NETWORK = /^Failed to load resource: the server responded with a status of/

/** Listens to all that the pages of a context do, from before their first script on. */
export async function overhear(context: BrowserContext): Promise<Overhearing> {
  const heard = new Map<string, string[]>()
  const own: string[] = []
  const add = (place: string, text: string) => {
    const texts = heard.get(place) ?? []
    heard.set(place, texts)
    texts.push(text)
  }
  await context.addInitScript(() => {
    globalThis.overheard = []
    addEventListener('message', ({ data }) => globalThis.overheard.push(JSON.stringify(data)))
    const { BroadcastChannel } = globalThis
    globalThis.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        super(name)
        globalThis.overheard.push(name)
      }
      override postMessage(message: unknown) {
        globalThis.overheard.push(JSON.stringify(message))
        super.postMessage(message)
      }
    }
  })
  context.on('console', (message) => {
    const text = message.text()
    if (CHROMIUM_ON_THE_NETWORK.test(text)) own.push(text)
    else add('console', text)
  })
  context.on('weberror', (error) => add('console', `${error.error().stack}`))
  context.on('request', (request) => {
    const { pathname } = new URL(request.url())
    add('requests', request.url())
    // What an app asks of its endpoint is its own affair.
    if (pathname !== '/token') add('requests', JSON.stringify([request.headers(), request.postData()]))
  })
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      add('sockets', socket.url())
      socket.on('framesent', ({ payload }) => add('sockets', String(payload)))
    })
  })

  const look = async (page: Page) => add('the page’s DOM', await page.evaluate(everythingIn))

  return {
    add,
    look,
    own: () => own.join('\n'),
    async all(page) {
      await look(page)
      for (const [place, text] of Object.entries(await page.evaluate(keptBy))) add(place, text)
      add('cookies', JSON.stringify(await context.cookies()))
      for (const frame of context.pages().flatMap((one) => one.frames()))
        add('messages', await frame.evaluate(() => globalThis.overheard.join('\n')))
      return Object.fromEntries([...heard].map(([place, texts]) => [place, texts.join('\n')]))
    },
  }
}

/** Every element, attribute, text and value, in shadow roots too. Runs in the page. */
function everythingIn(): string {
  const parts: string[] = [document.title]
  const walk = (node: Node) => {
    if (node instanceof Element || node.nodeType === Node.ELEMENT_NODE) {
      const element = node as Element & { value?: unknown; ariaLabel?: unknown }
      const attributes = [...element.attributes].map(({ name, value }) => `${name}="${value}"`)
      parts.push(`<${element.localName} ${attributes.join(' ')}>`, String(element.value ?? ''))
      if (element.shadowRoot) walk(element.shadowRoot)
    } else parts.push(node.textContent ?? '')
    for (const child of node.childNodes) walk(child)
  }
  walk(document)
  return parts.join('\n')
}

/** What the browser keeps for the page. Runs in the page. */
async function keptBy(): Promise<Overheard> {
  const cached: string[] = []
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys())
      cached.push(name, request.url, (await (await cache.match(request))?.text()) ?? '')
  }
  const entries = performance
    .getEntries()
    .map((entry) => [entry.name, entry.entryType, 'detail' in entry ? entry.detail : null])
  return {
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    'IndexedDB’s names': JSON.stringify(await indexedDB.databases()),
    'the Cache API': cached.join('\n'),
    'the address': [location.href, name, JSON.stringify(history.state)].join('\n'),
    'performance entries': JSON.stringify(entries),
  }
}
