import {
  connectConsole,
  connectPerformanceTrack,
  connectReduxDevtools,
  connectStatelyInspect,
  createRecorder,
  type Recorder,
  type TokenRecord,
} from 'livekit-token-devtools'
import { connectInspector } from 'livekit-token-devtools/node'
import { connectXStateInspect } from 'livekit-token-devtools/xstate-inspect'
import { onTestFinished, vi } from 'vitest'
import { ENVELOPE } from '../../../devtools/src/protocol/messages'
import { printed } from '../../helpers/printed'
import { fakeExtension } from '../bridges/fake-extension'
import { SOON, socketPeer } from '../bridges/sockets'
import { desk } from '../bridges/windows'
import { inspector, Watcher } from '../inspector/setup'

/** Where something arrives that devtools sent. */
export interface Outlet {
  /** All of it so far, as a text. */
  seen(): string
  /** Whether that record has arrived, in whatever form. */
  has(record: TokenRecord): boolean
}

type Open = (recorder: Recorder) => Outlet | Promise<Outlet>

/** By the name of the way; each is taken back after the test. */
export const transports: Readonly<Record<string, Open>> = {
  records$: (recorder) => {
    const seen: string[] = []
    const subscription = recorder.records$.subscribe((records) => {
      // The last ones are new; the rest was told before.
      seen.push(printed(records.slice(-3)))
    })
    onTestFinished(() => subscription.unsubscribe())
    return { seen: () => seen.join('\n'), has: () => true }
  },

  'a session file, and what is imported of it': (recorder) => ({
    seen() {
      const text = recorder.export()
      const other = createRecorder()
      other.import(text)
      const shown: unknown[] = []
      other.records$.subscribe((records) => shown.push(records)).unsubscribe()
      return [text, printed(shown), other.export()].join('\n')
    },
    has: () => true,
  }),

  'the console, at debug': (recorder) => {
    const lines: string[] = []
    const write = (...what: unknown[]) => void lines.push(printed(what))
    const console = { debug: write, info: write, warn: write, error: write }
    onTestFinished(connectConsole(recorder, { level: 'debug', console }))
    return { seen: () => lines.join('\n'), has: () => true }
  },

  'the Redux DevTools extension': (recorder) => {
    const extension = fakeExtension()
    onTestFinished(connectReduxDevtools(recorder, { extension }))
    return outlet(() => extension.everything + printed(extension.connected))
  },

  'the Redux DevTools extension, whose monitor comes late': (recorder) => {
    const extension = fakeExtension({ monitor: false })
    onTestFinished(connectReduxDevtools(recorder, { extension, maxAge: 5_000 }))
    return outlet(() => {
      extension.say({ type: 'START' })
      return extension.everything
    })
  },

  'the Performance panel': (recorder) => {
    onTestFinished(connectPerformanceTrack(recorder))
    return {
      // A process prints no detail of its own accord.
      seen: () =>
        performance
          .getEntries()
          .map((entry) => printed([entry, detailOf(entry)]))
          .join('\n'),
      has: () => true,
    }
  },

  '@statelyai/inspect, a window': (recorder) => {
    const { inspector: there, target, answer, page } = desk()
    const origin = 'http://127.0.0.1:4000'
    onTestFinished(connectStatelyInspect(recorder, { url: `${origin}/x/`, origin, targetWindow: target }))
    answer({ type: '@statelyai.connected' })
    return outlet(() => there.everything + page.everything)
  },

  '@statelyai/inspect, a WebSocket': async (recorder) => {
    const { url, peer } = await peerAt()
    onTestFinished(connectStatelyInspect(recorder, { url, origin: new URL(url).origin }))
    return begun(outlet(() => peer.everything))
  },

  '@xstate/inspect, a window': (recorder) => {
    const { inspector: there, target, answer, page } = desk()
    const origin = 'http://127.0.0.1:4000'
    onTestFinished(connectXStateInspect(recorder, { url: `${origin}/x/`, origin, targetWindow: target }))
    answer({ type: 'xstate.inspecting' })
    return outlet(() => there.everything + page.everything)
  },

  '@xstate/inspect, a WebSocket': async (recorder) => {
    const { url, peer } = await peerAt()
    onTestFinished(connectXStateInspect(recorder, { url, origin: new URL(url).origin }))
    return begun(outlet(() => peer.everything))
  },

  'connectInspector, as any server hears it': async (recorder) => {
    const { url, peer } = await peerAt()
    onTestFinished(connectInspector(recorder, { url }))
    await vi.waitUntil(() => peer.everything.includes('"hello"'), SOON)
    peer.say(JSON.stringify({ ...ENVELOPE, kind: 'attach', since: 0 }))
    return begun(
      outlet(() => peer.everything),
      '"records"',
    )
  },

  'connectInspector, as a viewer of the inspector sees it': (recorder) =>
    watched((url) => connectInspector(recorder, { url })),

  'the inspector’s own recorder, as a viewer sees it': async (recorder) => {
    const { url } = await inspector({ recorder })
    return begun(viewed(await Watcher.at(url)))
  },

  '@statelyai/inspect, as a viewer of the inspector sees it': (recorder) =>
    watched((url, origin) => connectStatelyInspect(recorder, { url: url.replace('http', 'ws'), origin })),

  '@xstate/inspect, as a viewer of the inspector sees it': (recorder) =>
    watched((url, origin) => connectXStateInspect(recorder, { url: url.replace('http', 'ws'), origin })),
}

/** The record's number is written as JSON within JSON, or plainly. */
const outlet = (seen: () => string): Outlet => ({
  seen,
  has: ({ sequence }) => new RegExp(`sequence\\\\*":${sequence}\\b`).test(seen()),
})

const detailOf = (entry: PerformanceEntry) => ('detail' in entry ? entry.detail : null)

async function peerAt() {
  const peer = await socketPeer()
  return { peer, url: peer.url }
}

/** From then on nothing is missed. */
async function begun(outlet: Outlet, sign = '{'): Promise<Outlet> {
  await vi.waitUntil(() => outlet.seen().includes(sign), SOON)
  return outlet
}

const viewed = (watcher: Watcher) => outlet(() => watcher.texts.join('\n'))

/** By a bridge that dials the inspector. */
async function watched(connect: (url: string, origin: string) => () => void): Promise<Outlet> {
  const { url } = await inspector()
  const watcher = await Watcher.at(url)
  onTestFinished(connect(url, new URL(url).origin))
  return begun(viewed(watcher), '"frame"')
}
