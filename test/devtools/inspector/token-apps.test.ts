import { describe, expect, it, onTestFinished } from 'vitest'
import { connectInspector } from '../../../devtools/src/node/connect-inspector'
import { records } from '../protocol/records'
import { recorded } from '../recorder/setup'
import { record } from '../records'
import { Client, inspector, only, Watcher } from './setup'

const app = 'an-app-of-16-to-64'
const hello = { kind: 'hello', app, allowCommands: false }

/** A client that has said hello and was answered. */
async function attached(url: string, said: object = hello): Promise<{ client: Client; since: unknown }> {
  const client = await new Client(url).opened()
  client.say(said)
  await expect.poll(() => client.frames.length, { timeout: 60_000, interval: 10 }).toBe(1)
  return { client, since: client.frames[0]?.since }
}

/** The records' sequence numbers, as a viewer was told them. */
const sequences = (watcher: Watcher, source?: string) =>
  watcher.told(source).map(({ frame }) => ('sequence' in frame ? frame.sequence : null))

describe('An app that connects its recorder', () => {
  it('is a source that is named after its stores, and shows what its recorder has and what happens', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const at = recorded({}, { name: 'kitchen' })
    await at.store.fetch()
    onTestFinished(connectInspector(at.recorder, { url }))
    await watcher.until(() => watcher.told().length === at.records().length)
    await at.store.fetch({ roomName: 'B' })
    await watcher.until(() => watcher.told().length === at.records().length)
    expect(watcher.told().map(({ frame }) => frame)).toEqual(at.records())
    expect(only(watcher.sources)).toMatchObject({ protocol: 'livekit-token', connected: true, cleared: 0 })
    expect(only(watcher.sources).name).toMatch(/^kitchen/)
  })

  it.each([
    ['with ws:', (url: string) => url.replace('http:', 'ws:')],
    ['as a URL', (url: string) => new URL(url)],
    ['by name', (url: string) => url.replace('127.0.0.1', 'localhost')],
  ])('is given the address %s as well', async (_what, spelt) => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const { recorder } = recorded()
    onTestFinished(connectInspector(recorder, { url: spelt(url) }))
    await watcher.until(() => watcher.sources.length === 1)
  })

  it.each(['', 'localhost:4000', 'file:///tmp', 7, undefined])('throws for the address %j', (url) => {
    const { recorder } = recorded()
    expect(() => connectInspector(recorder, { url: url as string })).toThrow(TypeError)
  })

  it('leaves when it is disconnected; what it told stays', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const at = recorded()
    await at.store.fetch()
    const disconnect = connectInspector(at.recorder, { url })
    await watcher.until(() => watcher.told().length === at.records().length)
    disconnect()
    disconnect()
    await watcher.until(() => !only(watcher.sources).connected)
    await at.store.fetch({ roomName: 'B' })
    const late = await Watcher.at(url)
    await late.until(() => late.told().length === watcher.told().length)
    expect(late.told()).toEqual(watcher.told())
  })

  it('shows that its recorder was cleared, to those who look and to those who come later', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const at = recorded()
    await at.store.fetch()
    onTestFinished(connectInspector(at.recorder, { url }))
    await watcher.until(() => watcher.told().length === at.records().length)
    const before = watcher.told().length
    at.recorder.clear()
    await watcher.until(() => only(watcher.sources).cleared === before)
    await at.store.fetch({ roomName: 'B' })
    await watcher.until(() => watcher.told().length === before + at.records().length)
    const late = await Watcher.at(url)
    await late.until(() => late.told().length === at.records().length)
    expect(late.told().map(({ seq }) => seq)[0]).toBe(before + 1)
    expect(late.told().map(({ frame }) => frame)).toEqual(at.records())
  })
})

describe('An app whose connection is lost', () => {
  it('goes on as the same source, and nothing is told twice', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const first = await attached(url)
    expect(first.since).toBe(0)
    first.client.say({ kind: 'records', records: records(1, 3) })
    await watcher.until(() => watcher.told().length === 3)
    first.client.socket.terminate()
    await watcher.until(() => !only(watcher.sources).connected)
    const second = await attached(url)
    expect(second.since).toBe(3)
    // One that does not listen to what it is asked for.
    second.client.say({ kind: 'records', records: records(1, 5) })
    await watcher.until(() => watcher.told().length === 5)
    expect(sequences(watcher)).toEqual([1, 2, 3, 4, 5])
    expect(only(watcher.sources)).toMatchObject({ connected: true })
  })

  it('replaces a connection that never said that it had ended', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const first = await attached(url)
    const second = await attached(url)
    expect(await first.client.ended()).toBe(1006)
    second.client.say({ kind: 'records', records: records(1, 1) })
    await watcher.until(() => watcher.told().length === 1)
    expect(only(watcher.sources).connected).toBe(true)
  })

  it('comes back by itself, with what happened meanwhile', async () => {
    const first = await inspector()
    const port = Number(new URL(first.url).port)
    // The address would be another one after a restart, so the door is shut on a proxy.
    const { door, url } = await doorTo(port, new URL(first.url).pathname)
    const watcher = await Watcher.at(first.url)
    const at = recorded()
    await at.store.fetch()
    onTestFinished(connectInspector(at.recorder, { url }))
    await watcher.until(() => watcher.told().length === at.records().length)
    door.shut()
    await watcher.until(() => !only(watcher.sources).connected)
    await at.store.fetch({ roomName: 'B' })
    door.open()
    await watcher.until(() => watcher.told().length === at.records().length)
    expect(watcher.told().map(({ frame }) => frame)).toEqual(at.records())
    expect(only(watcher.sources).connected).toBe(true)
  })

  it('is another source under another name', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    for (const name of [app, `${app}-2`]) {
      const { client } = await attached(url, { ...hello, app: name })
      client.say({ kind: 'records', records: records(1, 2) })
    }
    await watcher.until(() => watcher.told().length === 4)
    expect(watcher.sources).toHaveLength(2)
    for (const { source } of watcher.sources) expect(sequences(watcher, source)).toEqual([1, 2])
  })
})

describe('What an app may tell', () => {
  it('is nothing before its hello, and no second hello', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const client = await new Client(url).opened()
    client.say({ kind: 'records', records: records(1, 2) })
    client.say({ kind: 'cleared' })
    client.say(hello)
    client.say({ ...hello, app: `${app}-2`, allowCommands: true })
    client.say({ kind: 'records', records: records(3, 3) })
    await watcher.until(() => watcher.told().length > 0)
    expect(sequences(watcher)).toEqual([3])
    expect(only(watcher.sources).allowCommands).toBe(false)
    expect(client.frames).toHaveLength(1)
  })

  it('is bounded: the oldest make room', async () => {
    const { url } = await inspector()
    const { client } = await attached(url)
    for (let start = 1; start <= 12_000; start += 200)
      client.say({ kind: 'records', records: records(start, start + 199) })
    const watcher = await Watcher.at(url)
    await watcher.until(() => sequences(watcher).at(-1) === 12_000)
    const late = await Watcher.at(url)
    await late.until(() => sequences(late).at(-1) === 12_000)
    expect(late.told().length).toBeGreaterThan(5_000)
    expect(late.told().length).toBeLessThanOrEqual(10_000)
    const bytes = late.told().reduce((sum, { frame }) => sum + JSON.stringify(frame).length, 0)
    expect(bytes).toBeLessThanOrEqual(3_000_000)
  })

  it('is records alone, without a token in them, whatever it says', async () => {
    const { canary, parts } = await import('./canary')
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const { client } = await attached(url)
    const escaped = canary.replace('e', '\\u0065')
    const leaky = { ...record({ store: canary, request: { roomName: `a ${canary}` } }), token: canary }
    client.send(
      JSON.stringify({
        channel: 'livekit-token-devtools',
        version: 1,
        kind: 'records',
        records: [leaky],
      }).replaceAll(canary, escaped),
    )
    client.send({ type: '@xstate.actor', token: canary })
    await watcher.until(() => watcher.told().length === 1)
    expect(only(watcher.told()).frame).toEqual(
      record({ store: '[token]', request: { roomName: 'a [token]' } }),
    )
    const everything = [...watcher.texts, ...client.texts].join('\n')
    for (const part of parts) expect(everything).not.toContain(part)
  })
})

describe('More sources than are kept', () => {
  it('push out the oldest that has left, and a viewer is told that it is gone', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const { client: stays } = await attached(url, { ...hello, app: 'the-one-that-stays' })
    for (let number = 0; number < 45; number += 1) {
      const { client } = await attached(url, { ...hello, app: `${app}-${number}` })
      await client.close()
    }
    await watcher.until(() => watcher.frames.filter(({ kind }) => kind === 'gone').length === 6)
    expect(watcher.sources).toHaveLength(40)
    stays.say({ kind: 'records', records: records(1, 1) })
    await watcher.until(() => watcher.told().length === 1)
    const late = await Watcher.at(url, { 'livekit-token-2': 7 })
    await late.until(() => late.sources.length === 40)
    expect(late.frames).toContainEqual(expect.objectContaining({ kind: 'gone', source: 'livekit-token-2' }))
    // One that was forgotten is a stranger when it comes back.
    const { since } = await attached(url, { ...hello, app: `${app}-0` })
    expect(since).toBe(0)
  })
})

/** A way to the inspector that can be shut. */
async function doorTo(port: number, path: string) {
  const { createServer, connect } = await import('node:net')
  const open = new Set<import('node:net').Socket>()
  let isOpen = true
  const server = createServer((near) => {
    if (!isOpen) return near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        near.destroy()
        far.destroy()
        open.delete(socket)
      })
    }
    // The server lets nobody in who calls it by another port.
    near.once('data', (head) => {
      far.write(String(head).replace(/^Host: .*$/im, `Host: 127.0.0.1:${port}`))
      near.pipe(far)
      far.pipe(near)
    })
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const door = {
    shut() {
      isOpen = false
      for (const socket of open) socket.destroy()
    },
    open() {
      isOpen = true
    },
  }
  onTestFinished(() => {
    door.shut()
    server.close()
  })
  const { port: own } = server.address() as import('node:net').AddressInfo
  return { door, url: `http://127.0.0.1:${own}${path}` }
}
