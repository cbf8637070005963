import { onTestFinished, vi } from 'vitest'

interface Received {
  readonly data: { type: string } & Record<string, unknown>
  readonly origin: string
}

type Listener = (event: MessageEvent) => void

/** A browser's window, as far as messages go: they are cloned, and come with who sent them and from where. */
export interface FakeWindow {
  /** A window stays the same when it shows another page. */
  origin: string
  /** What the window's own scripts have. */
  readonly own: Window
  /** The reference to it that another window has, always the same. */
  seenBy(other: FakeWindow): Window
  /** What was posted to it and got through, in order. */
  readonly received: readonly Received[]
  /** What was posted for another origin than it has. */
  readonly lost: readonly unknown[]
  readonly listeners: number
  /** Everything that was ever posted to it, as text. */
  readonly everything: string
}

export function fakeWindow(origin: string, opener?: FakeWindow): FakeWindow {
  const listeners = new Set<Listener>()
  const references = new Map<FakeWindow, Window>()
  const received: Received[] = []
  const lost: unknown[] = []
  const texts: string[] = []
  const post = (from: FakeWindow, data: unknown, targetOrigin: string) => {
    const clone = structuredClone(data)
    texts.push(JSON.stringify(clone))
    if (targetOrigin !== '*' && targetOrigin !== it.origin) {
      lost.push(clone)
      return
    }
    received.push({ data: clone as Received['data'], origin: from.origin })
    const event = { data: clone, origin: from.origin, source: from.seenBy(it) } as unknown as MessageEvent
    for (const listener of [...listeners]) listener(event)
  }
  const own = {
    addEventListener: (type: string, listener: Listener) => {
      if (type === 'message') listeners.add(listener)
    },
    removeEventListener: (_type: string, listener: Listener) => listeners.delete(listener),
    open: vi.fn((): Window | null => null),
    opener: null as Window | null,
    get self() {
      return own
    },
    get top() {
      return own
    },
  }
  const it: FakeWindow = {
    origin,
    own: own as unknown as Window,
    seenBy(other) {
      const known = references.get(other)
      if (known) return known
      const reference = {
        postMessage: (data: unknown, targetOrigin: string) => post(other, data, targetOrigin),
      } as unknown as Window
      references.set(other, reference)
      return reference
    },
    received,
    lost,
    get listeners() {
      return listeners.size
    },
    get everything() {
      return texts.join('\n')
    },
  }
  if (opener) own.opener = opener.seenBy(it)
  return it
}

export interface Desk {
  /** The app's window, which is the global one during the test. */
  readonly page: FakeWindow
  /** The inspector's, which the page may open. */
  readonly inspector: FakeWindow
  /** The reference that the page has to it. */
  readonly target: Window
  /** What the page opened: url and name. */
  readonly opened: readonly unknown[][]
  /** The inspector says something to the page. */
  answer(data: unknown): void
}

/** An app with an inspector beside it, in another origin. */
export function desk(): Desk {
  const page = fakeWindow('http://app.example')
  const inspector = fakeWindow('http://127.0.0.1:4000', page)
  const target = inspector.seenBy(page)
  const open = vi.mocked(page.own.open).mockReturnValue(target)
  vi.stubGlobal('window', page.own)
  onTestFinished(() => void vi.unstubAllGlobals())
  return {
    page,
    inspector,
    target,
    get opened() {
      return open.mock.calls
    },
    answer: (data) => page.seenBy(inspector).postMessage(data, '*'),
  }
}
