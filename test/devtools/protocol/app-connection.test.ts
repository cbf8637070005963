import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { connectApp } from '../../../devtools/src/protocol/app-connection'
import { ENVELOPE } from '../../../devtools/src/protocol/messages'
import { readFromApp } from '../../../devtools/src/protocol/read-messages'
import { simulatedClock } from '../../helpers/clock'
import { record } from '../records'
import { fakeRecorder } from './fake-recorder'
import { fakeSockets } from './fake-sockets'
import { records } from './records'

function connected(allowCommands = false) {
  const recorder = fakeRecorder(allowCommands)
  const clock = simulatedClock()
  const { open, sockets, last } = fakeSockets()
  const end = connectApp(recorder, { url: 'ws://127.0.0.1:1/s/', open, clock })
  onTestFinished(end)
  /** Opens the last socket and says what the inspector has. */
  const attach = (since: number) => {
    last().events.opened()
    last().say({ ...ENVELOPE, kind: 'attach', since })
    return last()
  }
  return { recorder, clock, sockets, last, end, attach }
}

/** The sequence numbers of the records that were sent, message by message. */
const batches = (sent: readonly Record<string, unknown>[]): number[][] =>
  sent
    .filter(({ kind }) => kind === 'records')
    .map((message) => (message.records as { sequence: number }[]).map(({ sequence }) => sequence))

const kinds = (sent: readonly Record<string, unknown>[]) => sent.map(({ kind }) => kind)

describe('An app that connects', () => {
  it('says hello when the socket opens, and nothing else until it is asked', () => {
    const { recorder, last } = connected()
    recorder.show(records(1, 3))
    expect(last().sent).toEqual([])
    last().events.opened()
    expect(last().sent).toEqual([
      { ...ENVELOPE, kind: 'hello', app: expect.stringMatching(/^[\w-]{16,64}$/), allowCommands: false },
    ])
  })

  it('has a name of its own, also where there is no crypto, as in React Native', () => {
    const named = () => {
      const { last } = connected()
      last().events.opened()
      return last().sent[0]
    }
    const withCrypto = [named(), named()]
    vi.stubGlobal('crypto', undefined)
    onTestFinished(() => void vi.unstubAllGlobals())
    const hellos = [...withCrypto, named(), named()]
    expect(new Set(hellos.map((hello) => hello?.app)).size).toBe(4)
    for (const hello of hellos) expect(readFromApp(hello)).toEqual(hello)
  })

  it('tells whether it takes commands', () => {
    const { last } = connected(true)
    last().events.opened()
    expect(last().sent).toMatchObject([{ kind: 'hello', allowCommands: true }])
  })

  it('sends what comes after what the inspector has, and then each record once', () => {
    const { recorder, attach } = connected()
    recorder.show(records(1, 5))
    const { sent } = attach(2)
    recorder.show(records(1, 6))
    recorder.show(records(1, 6))
    recorder.show(records(4, 8))
    expect(batches(sent)).toEqual([[3, 4, 5], [6], [7, 8]])
  })

  it('sends at most 200 records in a message', () => {
    const { recorder, attach } = connected()
    recorder.show(records(1, 450))
    const sizes = batches(attach(0).sent).map(({ length }) => length)
    expect(sizes).toEqual([200, 200, 50])
  })

  it('sends messages that the inspector takes, and leaves out a record that fits into none', () => {
    const { recorder, attach } = connected()
    const heavy = (sequence: number, size: number) => record({ sequence, storeId: 'x'.repeat(size) })
    recorder.show([heavy(1, 200_000), heavy(2, 200_000), heavy(3, 2_000_000), record({ sequence: 4 })])
    const { sent } = attach(0)
    expect(batches(sent)).toEqual([[1], [2, 4]])
    for (const message of sent) expect(JSON.stringify(message).length).toBeLessThan(1_000_000)
  })

  it('waits while much is on its way, and goes on when there is room', async () => {
    const { recorder, clock, last, attach } = connected()
    attach(0)
    last().bufferedAmount = 2_000_000
    recorder.show(records(1, 3))
    await clock.advance(1_000)
    expect(batches(last().sent)).toEqual([])
    last().bufferedAmount = 0
    await clock.advance(1_000)
    expect(batches(last().sent)).toEqual([[1, 2, 3]])
    expect(clock.pending).toBe(0)
  })

  it('ignores a second attach, another version, other kinds and what is malformed', () => {
    const { recorder, attach } = connected()
    recorder.show(records(1, 2))
    const socket = attach(0)
    socket.say({ ...ENVELOPE, kind: 'attach', since: 0 })
    socket.say({ ...ENVELOPE, version: 2, kind: 'command', id: 1, lifecycle: '1', name: 'refresh' })
    socket.say({ ...ENVELOPE, kind: 'import', records: [] })
    socket.events.heard('no JSON')
    socket.events.heard(new ArrayBuffer(8))
    expect(kinds(socket.sent)).toEqual(['hello', 'records'])
  })
})

describe('A recorder that is cleared', () => {
  it('is told, and what follows is sent from its first record on', () => {
    const { recorder, attach } = connected()
    recorder.show(records(1, 3))
    const { sent } = attach(0)
    recorder.show([])
    recorder.show(records(4, 4))
    expect(kinds(sent)).toEqual(['hello', 'records', 'cleared', 'records'])
    expect(batches(sent)).toEqual([[1, 2, 3], [4]])
  })

  it('is told after the reconnect when it happened without a connection', async () => {
    const { recorder, clock, last, attach } = connected()
    recorder.show(records(1, 3))
    attach(0)
    last().events.closed()
    recorder.show([])
    recorder.show(records(4, 5))
    await clock.advance(1_000)
    const { sent } = attach(3)
    expect(kinds(sent)).toEqual(['hello', 'cleared', 'records'])
    expect(batches(sent)).toEqual([[4, 5]])
  })

  it('is not told because a recorder without records stays so', () => {
    const { recorder, attach } = connected()
    const { sent } = attach(0)
    recorder.show([])
    expect(kinds(sent)).toEqual(['hello'])
  })
})

describe('An imported session', () => {
  it('is never sent; what happens meanwhile is, once the live records are back', () => {
    const { recorder, attach } = connected()
    recorder.show(records(1, 2))
    const { sent } = attach(0)
    recorder.showImported(records(7, 9))
    recorder.showImported([])
    recorder.show(records(1, 4))
    expect(kinds(sent)).toEqual(['hello', 'records', 'records'])
    expect(batches(sent)).toEqual([
      [1, 2],
      [3, 4],
    ])
  })
})

describe('A command', () => {
  const command = { ...ENVELOPE, kind: 'command', id: 7, lifecycle: 'store-1/1', name: 'refresh' }

  it('goes to the recorder, and the inspector hears that it was let in', () => {
    const { recorder, attach } = connected(true)
    const socket = attach(0)
    socket.say(command)
    expect(recorder.commands).toEqual([['store-1/1', 'refresh']])
    expect(socket.sent.at(-1)).toEqual({ ...ENVELOPE, kind: 'result', id: 7, ok: true })
  })

  it.each([
    ['that the recorder refuses', connected, command],
    ['for what there is not', () => connected(true), { ...command, lifecycle: 'store-9/9' }],
  ])('%s is answered with a no', (_what, connect, said) => {
    const { recorder, attach } = connect()
    const socket = attach(0)
    socket.say(said)
    expect(recorder.commands).toEqual([])
    expect(socket.sent.at(-1)).toEqual({ ...ENVELOPE, kind: 'result', id: 7, ok: false })
  })

  it('with a name that is not in the list never reaches the recorder', () => {
    const { recorder, attach } = connected(true)
    const socket = attach(0)
    for (const name of ['dispose', 'constructor', 7, null]) socket.say({ ...command, name })
    expect(recorder.commands).toEqual([])
    expect(kinds(socket.sent)).toEqual(['hello'])
  })
})

describe('A connection that is lost', () => {
  it('comes back with the same name, and tells nothing twice', async () => {
    const { recorder, clock, sockets, last, attach } = connected()
    recorder.show(records(1, 3))
    attach(0)
    last().events.closed()
    recorder.show(records(1, 5))
    await clock.advance(499)
    expect(sockets).toHaveLength(1)
    await clock.advance(1)
    expect(sockets).toHaveLength(2)
    attach(3)
    const [first, second] = sockets.map(({ sent }) => sent)
    expect(second?.[0]).toEqual(first?.[0])
    expect(batches(first ?? [])).toEqual([[1, 2, 3]])
    expect(batches(second ?? [])).toEqual([[4, 5]])
  })

  it('is sent nothing while it is away', () => {
    const { recorder, last, attach } = connected()
    attach(0)
    last().events.closed()
    recorder.show(records(1, 3))
    expect(kinds(last().sent)).toEqual(['hello'])
  })

  it('is tried again after 0.5 s, doubling to 15 s, also when it opens but nobody attaches', async () => {
    const { clock, last } = connected()
    for (let tries = 0; tries < 7; tries += 1) {
      last().events.opened()
      last().events.closed()
      await clock.advance(15_000)
    }
    expect(clock.delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  })

  it('is tried again after 0.5 s once it was there', async () => {
    const { clock, last, attach } = connected()
    last().events.closed()
    await clock.advance(500)
    last().events.closed()
    await clock.advance(1_000)
    attach(0)
    last().events.closed()
    expect(clock.delays).toEqual([500, 1_000, 500])
  })

  it('is tried again when opening it throws', async () => {
    const clock = simulatedClock()
    const { open, sockets } = fakeSockets()
    let forbidden = true
    const end = connectApp(fakeRecorder(), {
      url: 'ws://127.0.0.1:1/s/',
      clock,
      open(url, events) {
        if (forbidden) throw new Error('the page may not call this')
        return open(url, events)
      },
    })
    onTestFinished(end)
    forbidden = false
    await clock.advance(500)
    expect(sockets).toHaveLength(1)
  })
})

describe('A connection that is ended', () => {
  it('closes its socket, and neither sends nor hears any more', () => {
    const { recorder, last, end, attach } = connected(true)
    attach(0)
    end()
    recorder.show(records(1, 3))
    last().say({ ...ENVELOPE, kind: 'command', id: 1, lifecycle: 'store-1/1', name: 'refresh' })
    expect(last().isClosed).toBe(true)
    expect(recorder.commands).toEqual([])
    expect(kinds(last().sent)).toEqual(['hello'])
  })

  it('stops trying, and leaves no timer behind; more than once', async () => {
    const { clock, sockets, last, end } = connected()
    last().events.closed()
    end()
    end()
    last().events.closed()
    expect(clock.pending).toBe(0)
    await clock.advance(60_000)
    expect(sockets).toHaveLength(1)
  })
})
