import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { dial } from '../../../devtools/src/inspector/dial'
import { Sources } from '../../../devtools/src/inspector/sources'
import { simulatedClock } from '../../helpers/clock'

const TOO_BIG = 'x'.repeat(1_000_001)
const register = (id: string) =>
  JSON.stringify({ type: 'service.register', sessionId: 'x:0', machine: JSON.stringify({ id }), state: '{}' })

/** A process that says that to whoever dials it, dialled by a clock that is moved by hand. */
async function dialled(frames: () => readonly string[]) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  let dials = 0
  server.on('connection', (client) => {
    // Its first word, so that it knows by then that it is connected.
    client.on('message', () => {
      dials += 1
    })
    client.on('error', () => {})
    for (const frame of frames()) client.send(frame)
  })
  const clock = simulatedClock()
  const sources = new Sources(clock)
  const { port } = server.address() as { port: number }
  const hangUp = dial(`ws://127.0.0.1:${port}`, sources, clock)
  onTestFinished(() => {
    hangUp()
    for (const client of server.clients) client.terminate()
    server.close()
  })
  return {
    clock,
    sources,
    told: () =>
      [...sources.all()].map(({ message: { name, connected, lost } }) => ({ name, connected, lost })),
    dials: () => dials,
    cut: () => {
      for (const client of server.clients) client.terminate()
    },
    /** Once it has been lost so often. */
    lost: (times: number) => expect.poll(() => clock.delays.length, { timeout: 60_000 }).toBe(times),
  }
}

const cutOff = { connected: false, lost: 'frame-too-big' }

describe('A process that is dialled', () => {
  it('is in view with the reason when its first frame is too big already, in one place', async () => {
    const { clock, told, lost } = await dialled(() => [TOO_BIG])
    for (const [index, delay] of [500, 1_000, 2_000].entries()) {
      await lost(index + 1)
      expect(clock.delays.at(-1)).toBe(delay)
      expect(told()).toEqual([{ name: 'machines', ...cutOff }])
      await clock.advance(delay)
    }
  })

  it('keeps its place when it is cut off each time, tells anew there, and waits ever longer', async () => {
    let round = 0
    const { clock, sources, told, lost } = await dialled(() => {
      round += 1
      return [register(`round-${round}`), TOO_BIG]
    })
    for (const [index, delay] of [500, 1_000, 2_000, 4_000].entries()) {
      await lost(index + 1)
      expect(clock.delays.at(-1)).toBe(delay)
      expect(told()).toEqual([{ name: `round-${index + 1}`, ...cutOff }])
      const [{ frames, message } = { frames: null, message: null }] = [...sources.all()]
      // What the connection before told is gone: it may have been another process, with the same numbers.
      expect([message?.cleared, frames?.after(0)?.seq]).toEqual([index, index + 1])
      await clock.advance(delay)
    }
  })

  it('is dialled again at once when it was there for long', async () => {
    const { clock, dials, cut, lost } = await dialled(() => [])
    for (let round = 1; round <= 3; round += 1) {
      await expect.poll(dials, { timeout: 60_000 }).toBe(round)
      cut()
      await lost(round)
      await clock.advance(clock.delays.at(-1) ?? 0)
    }
    expect(clock.delays).toEqual([500, 1_000, 2_000])
    await expect.poll(dials, { timeout: 60_000 }).toBe(4)
    await clock.advance(10_000)
    cut()
    await lost(4)
    expect(clock.delays.at(-1)).toBe(500)
  })

  it('is in view again when its place was taken meanwhile', async () => {
    const { clock, sources, told, lost } = await dialled(() => [register('it'), TOO_BIG])
    await lost(1)
    for (let number = 1; number <= 40; number += 1)
      sources.open({ protocol: 'livekit-token', name: 'app', origin: null })
    expect(told().map(({ name }) => name)).not.toContain('it')
    await clock.advance(500)
    await lost(2)
    expect(told()).toContainEqual({ name: 'it', ...cutOff })
  })
})
