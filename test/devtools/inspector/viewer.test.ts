import { describe, expect, it } from 'vitest'
import type { Source } from '../../../devtools/src/inspector/source'
import { Sources } from '../../../devtools/src/inspector/sources'
import { Viewer, type ViewerSocket } from '../../../devtools/src/inspector/viewer'
import { ENVELOPE } from '../../../devtools/src/protocol/messages'
import { START, simulatedClock } from '../../helpers/clock'
import { records } from '../protocol/records'
import { Client, inspector, only, Watcher } from './setup'

const hello = { kind: 'hello', app: 'an-app-of-16-to-64', allowCommands: false }

/** A viewer that reads when it is told to. */
function slowViewer(sources: Sources) {
  const waiting: { text: string; sent: () => void }[] = []
  const read: Record<string, unknown>[] = []
  let terminated = false
  let most = 0
  let bytes = 0
  const socket: ViewerSocket = {
    get bufferedAmount() {
      return bytes
    },
    send(text, sent) {
      waiting.push({ text, sent })
      bytes += text.length
      most = Math.max(most, bytes)
    },
    terminate() {
      terminated = true
    },
  }
  const viewer = new Viewer(socket, sources, [])
  const readAll = () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      read.push(JSON.parse(next.text))
      bytes -= next.text.length
      next.sent()
    }
    return read
  }
  return {
    viewer,
    readAll,
    most: () => most,
    isTerminated: () => terminated,
    watch: (since: Record<string, number> = {}) => viewer.hear({ ...ENVELOPE, kind: 'watch', since }),
  }
}

const seqs = (messages: readonly Record<string, unknown>[]) =>
  messages.filter(({ kind }) => kind === 'frame').map(({ seq }) => seq)

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

function source(sources: Sources) {
  return sources.open({ protocol: 'livekit-token', name: 'tokens', origin: null })
}

describe('A viewer that reads slowly', () => {
  it('gets everything in its order, and never has more on its way than it may', () => {
    const sources = new Sources(simulatedClock())
    const told = source(sources)
    const { watch, readAll, most } = slowViewer(sources)
    watch()
    for (let number = 1; number <= 2_000; number += 1) told.push({ number, more: 'x'.repeat(1_000) })
    expect(most()).toBeLessThan(260_000)
    expect(seqs(readAll())).toEqual(range(1, 2_000))
    expect(most()).toBeLessThan(260_000)
  })

  it('loses the oldest when it reads nothing for too long, and is up to date again afterwards', () => {
    const sources = new Sources(simulatedClock())
    const told = source(sources)
    const { watch, readAll, most } = slowViewer(sources)
    watch()
    for (let number = 1; number <= 20_000; number += 1) told.push({ number, more: 'x'.repeat(1_000) })
    const read = seqs(readAll()) as number[]
    expect(most()).toBeLessThan(260_000)
    expect(read).toEqual([...read].sort((a, b) => a - b))
    expect(new Set(read).size).toBe(read.length)
    expect(read.length).toBeLessThan(4_000)
    expect(read.at(-1)).toBe(20_000)
    told.push({ number: 20_001 })
    expect(seqs(readAll()).at(-1)).toBe(20_001)
  })

  it('is cut off when it goes on asking without reading the answers', async () => {
    const sources = new Sources(simulatedClock())
    const { viewer, watch, isTerminated } = slowViewer(sources)
    watch()
    const command = { ...ENVELOPE, kind: 'command', id: 1, source: 'a', lifecycle: '1', name: 'refresh' }
    for (let number = 0; number < 30_000 && !isTerminated(); number += 1) {
      viewer.hear(command)
      await Promise.resolve()
      await Promise.resolve()
    }
    await expect.poll(isTerminated).toBe(true)
  })

  it('holds up neither another viewer nor the apps', async () => {
    const { url } = await inspector()
    const slow = await Watcher.at(url)
    slow.socket.pause()
    const quick = await Watcher.at(url)
    const app = await new Client(url).opened()
    app.say(hello)
    for (let start = 1; start <= 40_000; start += 200)
      app.say({ kind: 'records', records: records(start, start + 199) })
    await quick.until(() => quick.told().at(-1)?.seq === 40_000)
    slow.socket.resume()
    await slow.until(() => slow.told().at(-1)?.seq === 40_000)
    const numbers = slow.told().map(({ seq }) => seq)
    expect(new Set(numbers).size).toBe(numbers.length)
  }, 120_000)
})

describe('What all sources told', () => {
  it('is bounded together: the biggest gives way, and who introduces a machine last of all', () => {
    const sources = new Sources(simulatedClock(), 10_000)
    const [small, big] = [source(sources), source(sources)]
    const machines = sources.open({ protocol: 'xstate-5', name: 'machines', origin: null })
    machines.push({ machine: 'm'.repeat(2_000) }, 'x:0')
    for (let number = 1; number <= 3; number += 1) small.push({ number, more: 'x'.repeat(500) })
    for (let number = 1; number <= 100; number += 1) big.push({ number, more: 'x'.repeat(500) })
    const kept = (of: Source) => {
      const found: number[] = []
      for (let frame = of.frames.after(0); frame; frame = of.frames.after(frame.seq)) found.push(frame.seq)
      return found
    }
    expect(kept(small)).toEqual([1, 2, 3])
    expect(kept(machines)).toEqual([1])
    expect(kept(big).at(-1)).toBe(100)
    expect(kept(big).length).toBeGreaterThan(5)
    const sum = [small, big, machines].reduce((all, { frames }) => all + frames.characters, 0)
    expect(sum).toBeLessThanOrEqual(10_000)
    expect(sum).toBeGreaterThan(9_000)
    for (let number = 1; number <= 100; number += 1) small.push({ number, more: 'x'.repeat(500) })
    expect(kept(big).length).toBeGreaterThan(2)
  })
})

describe('A viewer that watches', () => {
  it('is told nothing before it has said so', () => {
    const sources = new Sources(simulatedClock())
    source(sources).push({ number: 1 })
    const { readAll } = slowViewer(sources)
    expect(readAll()).toEqual([])
  })

  it('is welcomed, told who is there, and then what they told', () => {
    const sources = new Sources(simulatedClock())
    const told = source(sources)
    told.push({ number: 1 })
    const { watch, readAll } = slowViewer(sources)
    watch()
    expect(readAll()).toEqual([
      { ...ENVELOPE, kind: 'welcome', allowedOrigins: [] },
      told.message,
      { ...ENVELOPE, kind: 'frame', source: told.id, seq: 1, at: START, frame: { number: 1 } },
    ])
  })

  it('may say where it is, and is told what came after', () => {
    const sources = new Sources(simulatedClock())
    const told = source(sources)
    for (let number = 1; number <= 5; number += 1) told.push({ number })
    const { watch, readAll } = slowViewer(sources)
    watch({ [told.id]: 3 })
    expect(seqs(readAll())).toEqual([4, 5])
  })

  it('cannot be further than there is', () => {
    const sources = new Sources(simulatedClock())
    const told = source(sources)
    told.push({ number: 1 })
    const { watch, readAll } = slowViewer(sources)
    watch({ [told.id]: 99 })
    told.push({ number: 2 })
    expect(seqs(readAll())).toEqual([2])
  })

  it('says so once', () => {
    const sources = new Sources(simulatedClock())
    source(sources).push({ number: 1 })
    const { watch, readAll } = slowViewer(sources)
    watch()
    watch()
    expect(readAll()).toHaveLength(3)
  })

  it('is told of a source that is gone, also of one that it brings along', () => {
    const sources = new Sources(simulatedClock())
    const { watch, readAll } = slowViewer(sources)
    watch({ 'livekit-token-99': 7 })
    expect(readAll()[1]).toEqual({ ...ENVELOPE, kind: 'gone', source: 'livekit-token-99' })
  })

  it('is told of what changes at a source, and of nothing that stays as it was', () => {
    const sources = new Sources(simulatedClock())
    const told = source(sources)
    const { watch, readAll } = slowViewer(sources)
    watch()
    told.rename('kitchen')
    told.rename('kitchen')
    told.leave()
    told.leave()
    const names = readAll().filter(({ kind }) => kind === 'source')
    expect(names.map(({ name, connected }) => [name, connected])).toEqual([
      ['tokens', true],
      ['kitchen', true],
      ['kitchen', false],
    ])
  })

  it('sees at most eighty characters of a name', () => {
    const sources = new Sources(simulatedClock())
    const told = source(sources)
    told.rename('x'.repeat(200))
    expect(told.message.name).toHaveLength(80)
  })

  it('comes back to an inspector, and is told nothing twice', async () => {
    const { url } = await inspector({ allowedOrigins: ['http://localhost:5173'] })
    const app = await new Client(url).opened()
    app.say(hello)
    app.say({ kind: 'records', records: records(1, 5) })
    const first = await Watcher.at(url)
    await first.until(() => first.told().length === 5)
    expect(first.frames[0]).toMatchObject({ kind: 'welcome', allowedOrigins: ['http://localhost:5173'] })
    first.socket.terminate()
    app.say({ kind: 'records', records: records(6, 8) })
    const second = await Watcher.at(url, first.since)
    await second.until(() => second.told().length === 3)
    app.say({ kind: 'records', records: records(9, 9) })
    await second.until(() => second.told().length === 4)
    const { source } = only(second.sources)
    expect(second.told(source).map(({ seq }) => seq)).toEqual([6, 7, 8, 9])
  })
})
