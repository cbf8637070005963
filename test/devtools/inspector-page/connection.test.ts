import { describe, expect, it } from 'vitest'
import {
  openViewerSocket,
  type SocketState,
  socketUrl,
} from '../../../devtools/src/inspector-page/connection/viewer-socket'
import { listenToPeer } from '../../../devtools/src/inspector-page/connection/window-peer'
import type { Received } from '../../../devtools/src/inspector-page/model/viewer-message'
import { CHANNEL, PROTOCOL_VERSION } from '../../../devtools/src/protocol/messages'
import { simulatedClock } from '../../helpers/clock'

const PAGE = 'http://127.0.0.1:4000/secret/'

/** What a browser's WebSocket is to the page; the test is the server. */
class FakeSocket {
  static readonly OPEN = 1
  static all: FakeSocket[] = []
  readonly sent: string[] = []
  readonly url: string
  readyState = 0
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null

  constructor(url: string) {
    this.url = url
    FakeSocket.all.push(this)
  }

  send(text: string) {
    this.sent.push(text)
  }

  open() {
    this.readyState = 1
    this.onopen?.()
  }

  close() {
    this.readyState = 3
    this.onclose?.()
  }
}

/** `status` is what the page's own address answers; null when nobody is there. */
function watch(pageUrl = PAGE) {
  FakeSocket.all = []
  const server: { status: number | null; asked: string[] } = { status: null, asked: [] }
  const clock = simulatedClock()
  const states: SocketState[] = []
  const messages: Received[] = []
  let since: Record<string, number> = {}
  const viewer = openViewerSocket({
    pageUrl,
    clock,
    since: () => since,
    onState: (state) => states.push(state),
    onMessage: (message) => messages.push(message),
    WebSocket: FakeSocket as unknown as typeof WebSocket,
    fetch: async (url) => {
      server.asked.push(String(url))
      if (server.status === null) throw new TypeError('Failed to fetch')
      return { status: server.status } as Response
    },
  })
  const had = (next: Record<string, number>) => {
    since = next
  }
  return { clock, states, messages, viewer, had, server, last: () => FakeSocket.all.at(-1)! }
}

describe('The viewer’s socket', () => {
  it('is at the page’s own address', () => {
    expect(socketUrl(PAGE)).toBe('ws://127.0.0.1:4000/secret/?role=viewer')
    expect(socketUrl('http://127.0.0.1:4000/secret/index.html#x')).toBe(
      'ws://127.0.0.1:4000/secret/?role=viewer',
    )
    expect(socketUrl('https://a.example/x/')).toBe('wss://a.example/x/?role=viewer')
    expect(socketUrl('file:///tmp/index.html')).toBeNull()
  })

  it('is off for a page from the disk', () => {
    const { states } = watch('file:///tmp/index.html')
    expect(states).toEqual(['off'])
    expect(FakeSocket.all).toEqual([])
  })

  it('says what it has, and says it again when it is back', async () => {
    const { last, had, states, clock } = watch()
    last().open()
    expect(JSON.parse(last().sent[0]!)).toEqual({
      channel: CHANNEL,
      version: PROTOCOL_VERSION,
      kind: 'watch',
      since: {},
    })
    had({ s1: 7 })
    last().close()
    await clock.advance(500)
    last().open()
    expect(FakeSocket.all.length).toBe(2)
    expect(JSON.parse(last().sent[0]!)).toMatchObject({ since: { s1: 7 } })
    expect(states).toEqual(['connecting', 'open', 'lost', 'lost', 'open'])
  })

  it('waits longer each time, at most eight seconds, and anew once it was back', async () => {
    const { last, clock } = watch()
    for (let round = 0; round < 7; round += 1) {
      last().close()
      await clock.advance(8_000)
    }
    expect(clock.delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000])
    last().open()
    last().close()
    expect(clock.delays.at(-1)).toBe(500)
  })

  /** The connection is lost, and so many tries to come back are refused. */
  async function refused({ last, clock }: ReturnType<typeof watch>, tries: number) {
    last().close()
    for (let round = 0; round < tries; round += 1) {
      await clock.advance(8_000)
      last().close()
    }
    await clock.advance(0)
  }

  it.each([404, 403])(
    'knows a server that was restarted, which answers %d, from one that is down',
    async (status) => {
      const page = watch()
      page.last().open()
      await refused(page, 3)
      expect(new Set(page.server.asked)).toEqual(new Set([PAGE]))
      expect(page.states.at(-1)).toBe('lost')
      page.server.status = status
      await refused(page, 1)
      expect(page.states.at(-1)).toBe('restarted')
      const asked = page.server.asked.length
      await refused(page, 2)
      expect(page.states.slice(-3)).toEqual(['restarted', 'restarted', 'restarted'])
      expect(page.server.asked.length).toBe(asked)
    },
  )

  it('comes back all the same when its own server is there again', async () => {
    const page = watch()
    page.server.status = 404
    page.last().open()
    await refused(page, 3)
    expect(page.states.at(-1)).toBe('restarted')
    await page.clock.advance(8_000)
    page.last().open()
    expect(page.states.at(-1)).toBe('open')
    page.last().close()
    expect(page.states.at(-1)).toBe('lost')
  })

  it.each([200, 503])('does not take a server that answers %d for another one', async (status) => {
    const page = watch()
    page.server.status = status
    await refused(page, 4)
    expect(page.server.asked.length).toBeGreaterThan(0)
    expect(page.states).not.toContain('restarted')
  })

  it('sends a command while it is open, and keeps none for later', () => {
    const { viewer, last } = watch()
    expect(viewer.command('s1', 'store-1/1', 'refresh')).toBe(false)
    last().open()
    expect(viewer.command('s1', 'store-1/1', 'refresh')).toBe(true)
    expect(JSON.parse(last().sent[1]!)).toMatchObject({
      kind: 'command',
      id: 1,
      source: 's1',
      name: 'refresh',
    })
    expect(last().sent.length).toBe(2)
  })

  it('does not come back once it is closed', async () => {
    const { viewer, clock } = watch()
    viewer.close()
    await clock.advance(60_000)
    expect(FakeSocket.all.length).toBe(1)
    expect(clock.pending).toBe(0)
  })
})

const APP = 'http://localhost:5173'
const ACTOR = { type: '@xstate.event', _version: '0.7.2', sessionId: 'x:0', event: { type: 'A' } }

/** A page with an opener of another origin, as far as it goes. */
function popup(allowedOrigins: readonly string[] = [APP], referrer = '') {
  const posted: { message: { type: string }; origin: string }[] = []
  const peer = {
    get location(): never {
      throw new DOMException('of another origin', 'SecurityError')
    },
    postMessage: (message: { type: string }, origin: string) => posted.push({ message, origin }),
  }
  const target = new EventTarget()
  const window = Object.assign(target, {
    opener: peer,
    location: { origin: 'http://127.0.0.1:4000' },
    document: { readyState: 'complete', referrer },
  }) as unknown as Window & { parent: Window }
  window.parent = window
  const clock = simulatedClock()
  const heard: [string, object][] = []
  const stop = listenToPeer({
    window,
    clock,
    allowedOrigins,
    onMessage: (origin, message) => heard.push([origin, message]),
  })
  const post = (data: unknown, from: { origin?: string; source?: unknown } = {}) => {
    const { origin = APP, source = peer } = from
    target.dispatchEvent(Object.assign(new Event('message'), { data, origin, source }))
  }
  return { posted, heard, post, clock, stop, window }
}

describe('The window that opened the page', () => {
  it('is greeted in both protocols, by its exact origin, and told nothing else', () => {
    const { posted, post } = popup()
    post(ACTOR)
    expect(posted).toEqual([
      { message: { type: 'xstate.inspecting' }, origin: APP },
      { message: { type: '@statelyai.connected' }, origin: APP },
    ])
  })

  it('is greeted by the one origin that it has, where the browser tells it', () => {
    const origins = ['http://localhost:1', APP]
    expect(popup(origins, `${APP}/`).posted.map(({ origin }) => origin)).toEqual([APP, APP])
    const anywhere = popup(origins, 'https://evil.example/').posted.map(({ origin }) => origin)
    expect(new Set(anywhere)).toEqual(new Set(origins))
  })

  it('is greeted again while nothing is heard, for its frame may not have been ready, and not for ever', async () => {
    const quiet = popup()
    await quiet.clock.advance(60_000)
    expect(quiet.posted.length).toBe(10)
    const answering = popup()
    answering.post(ACTOR)
    await answering.clock.advance(60_000)
    expect(answering.posted.length).toBe(2)
  })

  it('is heard, and nobody else is', () => {
    const { heard, post } = popup()
    post(ACTOR, { origin: 'https://evil.example' })
    post(ACTOR, { source: {} })
    post(ACTOR, { source: null })
    post('text')
    post({ type: 'something.else' })
    expect(heard).toEqual([])
    post(ACTOR)
    expect(heard).toEqual([[APP, ACTOR]])
  })

  it('is no longer heard once it is over, nor greeted', async () => {
    const { heard, post, stop, clock, posted } = popup()
    stop()
    post(ACTOR)
    await clock.advance(60_000)
    expect(heard).toEqual([])
    expect(posted.length).toBe(2)
    expect(clock.pending).toBe(0)
  })

  it('is nobody for a page on its own', () => {
    const { window } = popup()
    const alone = Object.assign(new EventTarget(), { opener: null }) as unknown as Window & { parent: Window }
    alone.parent = alone
    const clock = simulatedClock()
    listenToPeer({ window: alone, clock, allowedOrigins: [APP], onMessage: () => expect.unreachable() })
    expect(clock.pending).toBe(0)
    expect(window.parent).toBe(window)
  })
})
