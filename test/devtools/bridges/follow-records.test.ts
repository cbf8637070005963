import type { Recorder, TokenRecord } from 'livekit-token-devtools'
import { connectXStateInspect } from 'livekit-token-devtools/xstate-inspect'
import { describe, expect, it } from 'vitest'
import { connectConsole } from '../../../devtools/src/bridges/console'
import { followRecords } from '../../../devtools/src/bridges/follow-records'
import { connectPerformanceTrack } from '../../../devtools/src/bridges/performance-track'
import { connectReduxDevtools } from '../../../devtools/src/bridges/redux-devtools'
import { connectStatelyInspect } from '../../../devtools/src/bridges/stately-inspect'
import { record, story } from '../records'
import { fakeExtension } from './fake-extension'
import { canaryStory, handRecorder, untilTheEnd } from './setup'
import { desk } from './windows'

function follower(recorder = handRecorder()) {
  const told: (number | 'cleared')[] = []
  const stop = followRecords(recorder, {
    tell: ({ sequence }) => void told.push(sequence),
    cleared: () => void told.push('cleared'),
  })
  return { recorder, told, stop: untilTheEnd(stop) }
}

describe('followRecords', () => {
  it('tells what is kept, then each record once, in order', () => {
    const { recorder, told } = follower(handRecorder(record({ sequence: 3 }), record({ sequence: 4 })))
    recorder.push(record({ sequence: 5 }))
    recorder.push(record({ sequence: 6 }))
    expect(told).toEqual([3, 4, 5, 6])
  })

  it('tells that the recorder was cleared, once', () => {
    const { recorder, told } = follower()
    recorder.clear()
    recorder.push(record({ sequence: 1 }))
    recorder.clear()
    recorder.clear()
    recorder.push(record({ sequence: 2 }))
    expect(told).toEqual([1, 'cleared', 2])
  })

  it('tells nothing of an imported session, and afterwards what happened meanwhile', () => {
    const { recorder, told } = follower()
    recorder.push(record({ sequence: 1 }))
    recorder.show(story())
    recorder.push(record({ sequence: 2 }))
    recorder.clear()
    expect(told).toEqual([1, 2])
  })

  it('does so with a real recorder, and tells all that a store lived through', async () => {
    const { recorder, live } = canaryStory()
    const told: TokenRecord[] = []
    untilTheEnd(followRecords(recorder, { tell: (one) => void told.push(one) }))
    const session = recorder.export()
    await live()
    const lived = told.length
    expect(lived).toBeGreaterThan(15)
    expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index + 1))
    recorder.import(session)
    recorder.clear()
    expect(told).toHaveLength(lived)
  })

  it('keeps the order when what is told makes something happen', () => {
    const recorder = handRecorder(record({ sequence: 1 }), record({ sequence: 2 }))
    const told: number[] = []
    untilTheEnd(
      followRecords(recorder, {
        tell({ sequence }) {
          told.push(sequence)
          if (sequence === 1) recorder.push(record({ sequence: 3 }))
        },
      }),
    )
    expect(told).toEqual([1, 2, 3])
  })

  it('listens no more once it was stopped', () => {
    const { recorder, told, stop } = follower()
    stop()
    recorder.push(record())
    expect(told).toEqual([])
    expect(recorder.observed).toBe(false)
  })
})

describe('A bridge', () => {
  const address = { url: 'http://127.0.0.1:4000/', origin: 'http://127.0.0.1:4000' }
  const bridges = {
    connectReduxDevtools: (recorder: Recorder) =>
      connectReduxDevtools(recorder, { extension: fakeExtension() }),
    connectPerformanceTrack,
    connectConsole: (recorder: Recorder) => connectConsole(recorder, { level: 'silent' }),
    connectStatelyInspect: (recorder: Recorder) => connectStatelyInspect(recorder, address),
    connectXStateInspect: (recorder: Recorder) => connectXStateInspect(recorder, address),
  }

  it.each(Object.entries(bridges))('takes nothing but a recorder: %s', (_name, connect) => {
    const { page, opened } = desk()
    for (const recorder of [null, undefined, {}, { records$: {} }]) {
      const connecting = () => connect(recorder as never)
      expect(connecting).toThrow(new TypeError('"recorder" must be what createRecorder returned'))
    }
    expect(opened).toEqual([])
    expect(page.listeners).toBe(0)
  })

  it.each(Object.entries(bridges))(
    'leaves no trace once it was taken back, also twice: %s',
    (_name, connect) => {
      const { page } = desk()
      const recorder = handRecorder(...story())
      const stop = connect(recorder)
      expect(recorder.observed).toBe(true)
      stop()
      stop()
      expect(recorder.observed).toBe(false)
      expect(page.listeners).toBe(0)
    },
  )
})
