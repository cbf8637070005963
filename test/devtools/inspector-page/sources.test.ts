import { firstValueFrom } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { farewellOf } from '../../../devtools/src/inspector-page/model/farewell'
import { sourceClock } from '../../../devtools/src/inspector-page/model/source-clock'
import { createSources, type TokenSource } from '../../../devtools/src/inspector-page/model/sources'
import { readViewerMessage } from '../../../devtools/src/inspector-page/model/viewer-message'
import { createRemoteRecorder, MAX_RECORDS } from '../../../devtools/src/inspector-page/remote-recorder'
import { CHANNEL, PROTOCOL_VERSION } from '../../../devtools/src/protocol/messages'
import { writeSession } from '../../../devtools/src/recorder/session-file'
import { simulatedClock } from '../../helpers/clock'
import { record, story } from '../records'

const ENVELOPE = { channel: CHANNEL, version: PROTOCOL_VERSION }
const SOURCE = {
  ...ENVELOPE,
  kind: 'source',
  source: 's1',
  protocol: 'livekit-token',
  name: 'tokens',
  origin: null,
  connected: true,
  allowCommands: true,
  cleared: 0,
}
const frame = (seq: number, what: unknown, source = 's1') => ({
  ...ENVELOPE,
  kind: 'frame',
  source,
  seq,
  frame: what,
})

function setUp() {
  let changes = 0
  const sent: string[][] = []
  const clock = simulatedClock()
  const sources = createSources({
    clock,
    onChange: () => {
      changes += 1
    },
    send: (...words) => sent.push(words),
  })
  const hear = (...messages: object[]) => {
    for (const message of messages) {
      const read = readViewerMessage(JSON.stringify(message))
      if (read) sources.takeViewer(read)
    }
  }
  const tokens = () => sources.all[0] as TokenSource
  const records = () => firstValueFrom(tokens().recorder.records$)
  return { clock, sources, hear, tokens, records, sent, changes: () => changes }
}

describe('The clock of a source', () => {
  it('stands still from the moment when the source left, and goes on when it is back', async () => {
    const { hear, tokens, clock, sources } = setUp()
    hear(SOURCE)
    const { now } = sourceClock(clock, tokens)
    await clock.advance(5_000)
    expect(now()).toBe(clock.now())
    const left = clock.now()
    hear({ ...SOURCE, connected: false })
    await clock.advance(60_000)
    hear({ ...SOURCE, connected: false })
    expect(now()).toBe(left)
    hear(SOURCE)
    expect(now()).toBe(clock.now())
    sources.loseServer()
    await clock.advance(60_000)
    expect(now()).toBe(clock.now() - 60_000)
  })

  it('stands at its last record when it had left before the page came', async () => {
    const { hear, tokens, clock } = setUp()
    const told = story()
    hear({ ...SOURCE, connected: false })
    const { now } = sourceClock(clock, tokens)
    expect(now()).toBe(clock.now())
    hear(...told.map((item, index) => frame(index + 1, item)))
    await clock.advance(3_600_000)
    expect(now()).toBe(told.at(-1)?.at)
  })
})

describe('What the server tells the page', () => {
  it('becomes a recorder for a panel: its records, and nothing that is none', async () => {
    const { hear, records, tokens } = setUp()
    const told = story()
    hear(SOURCE, ...told.map((item, index) => frame(index + 1, item)))
    hear(frame(999, { type: 'state', secret: 1 }), frame(1_000, 'text'))
    expect(await records()).toEqual(told)
    expect(tokens()).toMatchObject({ kind: 'tokens', name: 'tokens', from: 'a program', connected: true })
  })

  it('is taken once, however often it is told', async () => {
    const { hear, records, sources } = setUp()
    const told = story().map((item, index) => frame(index + 1, item))
    hear(SOURCE, ...told)
    expect(sources.since).toEqual({ s1: told.length })
    hear(SOURCE, ...told)
    expect((await records()).length).toBe(told.length)
  })

  it('goes when the app forgot it, and nothing goes before it was told', async () => {
    const { hear, records } = setUp()
    hear({ ...SOURCE, cleared: 0 }, frame(1, record({ sequence: 1 })), frame(2, record({ sequence: 2 })))
    hear({ ...SOURCE, connected: false })
    expect((await records()).length).toBe(2)
    hear({ ...SOURCE, cleared: 2 }, frame(3, record({ sequence: 3 })))
    expect((await records()).map(({ sequence }) => sequence)).toEqual([3])
    hear({ ...SOURCE, cleared: 2, connected: false })
    expect((await records()).length).toBe(1)
  })

  it('lets a command through to a connected app that allows them, and to no other', async () => {
    const { hear, tokens, sent } = setUp()
    hear(SOURCE)
    tokens().recorder.command('store-1/1', 'refresh')
    expect(sent).toEqual([['s1', 'store-1/1', 'refresh']])
    for (const off of [{ connected: false }, { allowCommands: false }]) {
      hear({ ...SOURCE, ...off })
      expect(() => tokens().recorder.command('store-1/1', 'refresh')).toThrow(/Commands are off/)
      expect((await firstValueFrom(tokens().recorder.status$)).allowCommands).toBe(false)
    }
    expect(sent.length).toBe(1)
  })

  it('forgets a source that the server has forgotten', () => {
    const { hear, sources } = setUp()
    hear(SOURCE, frame(1, record()), { ...ENVELOPE, kind: 'gone', source: 's1' })
    expect(sources.all).toEqual([])
    expect(sources.since).toEqual({})
  })

  it('stays closed once somebody closed it, until it is connected again', () => {
    const { hear, sources } = setUp()
    hear({ ...SOURCE, connected: false })
    sources.remove('app:s1')
    hear({ ...SOURCE, connected: false })
    expect(sources.all).toEqual([])
    hear(SOURCE)
    expect(sources.all.length).toBe(1)
  })

  const event = (type: string) => ({
    type: '@xstate.event',
    _version: '0.7.2',
    sessionId: 'x:0',
    event: { type },
    createdAt: '1',
  })
  const machines = { ...SOURCE, protocol: 'xstate-5' }
  const actorsOf = ({ sources }: ReturnType<typeof setUp>) =>
    sources.all.flatMap((source) =>
      source.kind === 'machines'
        ? source.feed.actors.map(({ status, entries }) => [status, entries.map(({ type }) => type).join()])
        : [],
    )

  it('keeps the actors of a source that left as they were, and says that it is not connected', () => {
    const page = setUp()
    page.hear(machines, frame(1, event('A')), { ...machines, connected: false })
    expect(actorsOf(page)).toEqual([['lost', 'A']])
    expect(farewellOf(page.sources.all[0]!)).toMatch(/^Not connected: .* may still be running\.$/)
  })

  it('says the same of a source that had left before the page was opened', () => {
    const page = setUp()
    page.hear({ ...machines, connected: false }, frame(1, event('A')), frame(2, event('B')))
    expect(actorsOf(page)).toEqual([['lost', 'A,B']])
  })

  it('says why the inspector cut a source off, and what to do', () => {
    const { hear, sources } = setUp()
    const told = () => farewellOf(sources.all[0]!)
    hear(machines)
    expect(told()).toBeNull()
    hear({ ...machines, connected: false, lost: 'frame-too-big' })
    expect(told()).toMatch(
      /^Disconnected: it sent a frame over 1 MB\. Send less of the context: .*"sanitizeContext"/,
    )
    hear(frame(1, { type: 'service.register', sessionId: 'x:0', machine: '{}', state: '{}' }))
    expect(told()).toMatch(/"serialize"/)
    hear({ ...machines, connected: false, lost: 'another reason' })
    expect(told()).toMatch(/^Not connected/)
    hear({ ...SOURCE, connected: false, lost: 'frame-too-big' })
    expect(told()).toBe('Disconnected: it sent a frame over 1 MB. Send less of it.')
  })

  it('is over once the server is another one, but for what other windows and files told', () => {
    const page = setUp()
    page.hear(SOURCE, { ...machines, source: 's2' }, { ...frame(1, event('A')), source: 's2' })
    page.sources.takeWindow('http://localhost:5173', event('B'))
    page.sources.open('demo.json', writeSession(story()))
    page.sources.loseServer()
    expect(page.sources.all.map(({ id, connected }) => [id, connected])).toEqual([
      ['app:s1', false],
      ['app:s2', false],
      ['window:5:http://localhost:5173', true],
      ['file:1', false],
    ])
    expect(actorsOf(page)).toEqual([
      ['lost', 'A'],
      ['active', 'B'],
    ])
    expect(() => page.tokens().recorder.command('store-1/1', 'refresh')).toThrow(/Commands are off/)
    expect(farewellOf(page.sources.all[3]!)).toBeNull()
  })

  it.each([
    '',
    '{',
    'null',
    '7',
    JSON.stringify({ ...SOURCE, channel: 'another' }),
    JSON.stringify({ ...SOURCE, version: 99 }),
    JSON.stringify({ ...SOURCE, kind: 'newer' }),
    JSON.stringify({ ...SOURCE, protocol: 'xstate-6' }),
    JSON.stringify({ ...SOURCE, source: 7 }),
    JSON.stringify({ ...frame(1, {}), seq: '1' }),
  ])('ignores %s', (text) => expect(readViewerMessage(text)).toBeNull())

  it('names exact origins, and anything else is none', () => {
    const list = [
      'http://localhost:5173',
      'http://localhost:5173/',
      '*',
      'null',
      'http://*.example',
      7,
      'https://a.example',
      'capacitor://localhost',
    ]
    const message = readViewerMessage(JSON.stringify({ ...ENVELOPE, kind: 'welcome', allowedOrigins: list }))
    expect(message).toMatchObject({
      allowedOrigins: ['http://localhost:5173', 'https://a.example', 'capacitor://localhost'],
    })
  })

  it('is bounded in sources: those that left make room first', () => {
    const { hear, sources } = setUp()
    for (let index = 0; index < 80; index += 1) {
      hear({ ...SOURCE, source: `s${index}`, connected: index % 2 === 0 })
    }
    expect(sources.all.length).toBe(50)
    expect(sources.all.filter(({ connected }) => connected).length).toBe(40)
  })
})

describe('A session file', () => {
  it('is a source of its own, without a connection', async () => {
    const { sources } = setUp()
    const source = sources.open('demo.json', writeSession(story()))
    expect(source).toMatchObject({ name: 'demo.json', from: 'a session file', connected: false })
    expect(await firstValueFrom(source.recorder.records$)).toEqual(story())
    expect((await firstValueFrom(source.recorder.status$)).imported).toBe(true)
    expect(() => source.recorder.command('1', 'refresh')).toThrow()
  })

  it('is gone once its session is closed', () => {
    const { sources } = setUp()
    sources.open('demo.json', writeSession(story())).recorder.clear()
    expect(sources.all).toEqual([])
  })

  it('that is none is refused, and changes nothing', () => {
    const { sources, changes } = setUp()
    expect(() => sources.open('demo.json', '{"format":"another"}')).toThrow(TypeError)
    expect(sources.all).toEqual([])
    expect(changes()).toBe(0)
  })
})

describe('A remote recorder', () => {
  it('keeps nothing while it is paused, and shows an imported session until it is cleared', async () => {
    const recorder = createRemoteRecorder(() => undefined)
    const sequences = async () => (await firstValueFrom(recorder.records$)).map(({ sequence }) => sequence)
    recorder.take(record({ sequence: 1 }))
    recorder.pause()
    recorder.take(record({ sequence: 2 }))
    recorder.resume()
    recorder.take(record({ sequence: 3 }))
    expect(await sequences()).toEqual([1, 3])
    recorder.import(writeSession([record({ sequence: 9 })]))
    recorder.take(record({ sequence: 4 }))
    expect(await sequences()).toEqual([9])
    expect(JSON.parse(recorder.export())).toMatchObject({ records: [{ sequence: 9 }] })
    recorder.clear()
    expect(await sequences()).toEqual([1, 3, 4])
    recorder.import(writeSession([record({ sequence: 9 })]))
    recorder.forget()
    expect(await sequences()).toEqual([9])
    recorder.clear()
    expect(await sequences()).toEqual([])
  })

  it('keeps a bounded number of records, and says how many were dropped', async () => {
    const recorder = createRemoteRecorder(() => undefined)
    for (let sequence = 1; sequence <= MAX_RECORDS + 10; sequence += 1) recorder.take(record({ sequence }))
    expect((await firstValueFrom(recorder.records$)).length).toBe(MAX_RECORDS)
    expect(await firstValueFrom(recorder.status$)).toMatchObject({ dropped: 10, maxRecords: MAX_RECORDS })
  })

  it('has no store to attach', () => {
    const recorder = createRemoteRecorder(() => undefined)
    expect(() => recorder.attach({} as never)).toThrow(/connectInspector/)
  })
})
