import type { Recorder, TokenRecord } from 'livekit-token-devtools'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { connectConsole } from '../../../devtools/src/bridges/console'
import { connectPerformanceTrack } from '../../../devtools/src/bridges/performance-track'
import { connectReduxDevtools } from '../../../devtools/src/bridges/redux-devtools'
import { connectStatelyInspect } from '../../../devtools/src/bridges/stately-inspect'
import { connectXStateInspect } from '../../../devtools/src/bridges/xstate-inspect/connect-xstate-inspect'
import { record, view } from '../records'
import { fakeExtension } from './fake-extension'
import { handRecorder, untilTheEnd } from './setup'
import { desk } from './windows'

const LIFECYCLES = 1_500
/** More than anything here is bounded by, and less than one thing a lifecycle. */
const FEW = 1_001

/** So many lifecycles, one after the other; each has ended. */
const lives = (): TokenRecord[] =>
  Array.from({ length: LIFECYCLES }, (_, index) => {
    const of = { lifecycle: String(index + 1), request: {} }
    const sequence = index * 2
    return [
      record({ ...of, sequence: sequence + 1, from: 'idle', to: 'valid', view: view(1) }),
      record({ ...of, sequence: sequence + 2, type: 'evicted' }),
    ]
  }).flat()

/** Every Map and Set that is made meanwhile, whoever makes it. */
function collectionsOf(make: () => void): readonly { readonly size: number }[] {
  const made: { size: number }[] = []
  const kept = <Collection extends typeof Map | typeof Set>(Base: Collection) =>
    new Proxy(Base, {
      construct(target, args, newTarget) {
        const one = Reflect.construct(target, args, newTarget)
        made.push(one)
        return one
      },
    })
  vi.stubGlobal('Map', kept(Map))
  vi.stubGlobal('Set', kept(Set))
  try {
    make()
  } finally {
    vi.unstubAllGlobals()
  }
  return made
}

describe('A bridge keeps nothing for a lifecycle that has ended', () => {
  const address = { url: 'http://127.0.0.1:4000/', origin: 'http://127.0.0.1:4000' }
  const quiet = { debug() {}, info() {}, warn() {}, error() {} }

  it.each<[string, (recorder: Recorder, targetWindow: Window) => () => void, object | null]>([
    ['connectConsole', (recorder) => connectConsole(recorder, { console: quiet }), null],
    ['connectPerformanceTrack', connectPerformanceTrack, null],
    [
      'connectReduxDevtools',
      (recorder) => connectReduxDevtools(recorder, { extension: fakeExtension() }),
      null,
    ],
    [
      'connectStatelyInspect',
      (recorder, targetWindow) => connectStatelyInspect(recorder, { ...address, targetWindow }),
      { type: '@statelyai.connected' },
    ],
    [
      'connectXStateInspect',
      (recorder, targetWindow) => connectXStateInspect(recorder, { ...address, targetWindow }),
      { type: 'xstate.inspecting' },
    ],
  ])('%s', (_name, connect, connected) => {
    const { page, inspector, answer, target } = desk()
    const recorder = handRecorder()
    // A stub is taken back with all others, the window's among them.
    const made = collectionsOf(() => {
      vi.stubGlobal('window', page.own)
      untilTheEnd(connect(recorder, target))
    })
    onTestFinished(() => performance.clearMeasures())
    if (connected) answer(connected)
    recorder.push(...lives())
    if (connected) expect(inspector.received.length).toBeGreaterThan(LIFECYCLES)
    expect(Math.max(0, ...made.map(({ size }) => size))).toBeLessThan(FEW)
  })
})
