import { describe, expect, it, vi } from 'vitest'
import { connectStatelyInspect } from '../../../devtools/src/bridges/stately-inspect'
import { connectXStateInspect } from '../../../devtools/src/bridges/xstate-inspect/connect-xstate-inspect'
import { simulatedClock } from '../../helpers/clock'
import { record, story } from '../records'
import { handSockets } from './hand-sockets'
import { handRecorder, untilTheEnd } from './setup'

const ADDRESS = { url: 'ws://127.0.0.1:4000/secret/', origin: 'http://127.0.0.1:4000' }

/** The first has been dialled; the next is once the clock has gone on. */
async function dialled(connect: typeof connectStatelyInspect, recorder = handRecorder()) {
  const sockets = handSockets()
  const clock = simulatedClock()
  untilTheEnd(connect(recorder, ADDRESS, clock))
  await vi.waitFor(() => expect(sockets).toHaveLength(1))
  return {
    recorder,
    clock,
    sockets,
    async next() {
      const { length } = sockets
      await clock.advance(15_000)
      await vi.waitFor(() => expect(sockets).toHaveLength(length + 1))
      return sockets.at(-1)!
    },
  }
}

const eventsIn = (sent: readonly string[]) =>
  sent
    .map((text) => JSON.parse(text) as { type: string; event?: { type: string } })
    .filter(({ type }) => type === '@xstate.event')
    .map(({ event }) => event?.type)

describe('A bridge over a WebSocket', () => {
  it('holds what happens while the socket is closing, and tells it over the next', async () => {
    const { recorder, sockets, next } = await dialled(connectStatelyInspect, handRecorder(story()[0]!))
    const first = sockets[0]!
    first.say('open')
    expect(eventsIn(first.sent)).toEqual(['attached idle'])
    // The other side said good-bye; that the connection has ended is told later.
    first.readyState = 2
    recorder.push(story()[1]!, story()[2]!)
    expect(eventsIn(first.sent)).toEqual(['attached idle'])
    first.say('close')
    recorder.push(story()[3]!)
    const second = await next()
    second.say('open')
    expect(eventsIn(second.sent)).toEqual(['state idle → fetching', 'attempt', 'state fetching → valid'])
  })

  it.each([
    ['connectStatelyInspect', connectStatelyInspect],
    ['connectXStateInspect', connectXStateInspect],
  ])('begins with the shortest wait again after a connection that was good: %s', async (_name, connect) => {
    const { clock, sockets, next } = await dialled(connect, handRecorder(record()))
    sockets[0]!.say('close')
    ;(await next()).say('close')
    expect(clock.delays).toEqual([500, 1_000])
    const good = await next()
    good.say('open')
    good.say('close')
    expect(clock.delays).toEqual([500, 1_000, 500])
  })
})
