import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startInspector } from '../../../devtools/src/inspector/start-inspector'
import { connectInspector } from '../../../devtools/src/node/connect-inspector'
import { createRecorder } from '../../../devtools/src/recorder/create-recorder'
import { ask } from '../ask'
import { record } from '../records'
import { Client, inspector, only, Watcher } from './setup'

const EVIL = 'https://evil.example'
const APP = 'http://localhost:5173'
const hello = { kind: 'hello', app: 'an-app-of-16-to-64', allowCommands: true }

const get = (url: string, headers: Record<string, string> = {}, path?: string) =>
  ask(url, { method: 'GET', headers, ...(path === undefined ? {} : { path }) })

describe('The address of an inspector', () => {
  it('is a loopback port with a secret of 16 or more URL-safe characters, new each time', async () => {
    const urls = [await inspector(), await inspector()].map(({ url }) => url)
    for (const url of urls) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{16,}\/$/)
    expect(new URL(urls[0] ?? '').pathname).not.toBe(new URL(urls[1] ?? '').pathname)
  })

  it('has the port that was asked for, and tells when it is taken', async () => {
    const first = await startInspector()
    const port = Number(new URL(first.url).port)
    await expect(startInspector({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await first.close()
    const second = await inspector({ port })
    expect(new URL(second.url).port).toBe(String(port))
  })

  it.each([
    [{ port: -1 }, 'port'],
    [{ port: 65_536 }, 'port'],
    [{ port: '80' as unknown as number }, 'port'],
    [{ open: 'yes' as unknown as boolean }, 'open'],
    [{ recorder: {} as never }, 'recorder'],
    [{ allowedOrigins: ['*'] }, 'allowedOrigins'],
    [{ allowedOrigins: 'http://localhost:5173' as unknown as string[] }, 'allowedOrigins'],
    [{ allowedOrigins: ['http://localhost:5173/'] }, 'allowedOrigins'],
    [{ allowedOrigins: ['http://localhost:5173/app'] }, 'allowedOrigins'],
    [{ allowedOrigins: ['http://localhost:80'] }, 'allowedOrigins'],
    [{ allowedOrigins: ['http://*.example'] }, 'allowedOrigins'],
    [{ allowedOrigins: ["http://a.example; script-src 'unsafe-inline'"] }, 'allowedOrigins'],
    [{ allowedOrigins: ['localhost:5173'] }, 'allowedOrigins'],
    [{ allowedOrigins: ['null'] }, 'allowedOrigins'],
    [{ allowedOrigins: ['file://'] }, 'allowedOrigins'],
    [{ allowedOrigins: [7 as unknown as string] }, 'allowedOrigins'],
    [{ secret: 'short' }, 'secret'],
    [{ secret: 'with a blank, and long enough' }, 'secret'],
    [{ secret: 5 as unknown as string }, 'secret'],
    [{ recorder: { records$: { subscribe() {} } } as never }, 'recorder'],
    [null as never, 'options'],
    [{ dial: ['ws://192.168.1.2:4000'] }, 'dial'],
    [{ dial: ['ws://localhost.evil.example:4000'] }, 'dial'],
    [{ dial: ['ws://127.0.0.1@evil.example:4000'] }, 'dial'],
    [{ dial: ['ws://user:secret@127.0.0.1:4000'] }, 'dial'],
    [{ dial: ['http://127.0.0.1:4000'] }, 'dial'],
    [{ dial: ['127.0.0.1:4000'] }, 'dial'],
    [{ dial: 'ws://127.0.0.1:4000' as unknown as string[] }, 'dial'],
  ])('is not given for %j', async (options, name) => {
    const starting = startInspector(options)
    await expect(starting).rejects.toThrow(TypeError)
    await expect(starting).rejects.toThrow(name)
  })

  it('is the same again with the port and the secret of before, and who was there comes back by itself', async () => {
    const secret = 'a-secret-of-my-own-that-stays'
    const first = await inspector({ secret })
    const port = Number(new URL(first.url).port)
    expect(first.url).toBe(`http://127.0.0.1:${port}/${secret}/`)
    const recorder = createRecorder()
    onTestFinished(connectInspector(recorder, { url: first.url }))
    const watcher = await Watcher.at(first.url)
    await watcher.until(() => watcher.sources.length === 1)
    await first.close()
    const second = await inspector({ port, secret })
    const again = await Watcher.at(second.url)
    await again.until(() => again.sources.some(({ connected }) => connected))
  })

  it('takes the origins of apps on a phone', async () => {
    await inspector({ allowedOrigins: ['capacitor://localhost', 'https://app.example', 'http://[::1]:8080'] })
  })
})

describe('Whoever asks for the page', () => {
  it('gets it whole, whatever range of it is asked for', async () => {
    const { url } = await inspector()
    const whole = await get(url)
    for (const range of ['bytes=10-5', 'bytes=5-0', 'bytes=-5', 'bytes=x'])
      expect(await get(url, { range })).toMatchObject({ status: 200, text: whole.text })
  })

  it('and is refused, learns from no header who would not be', async () => {
    const { url } = await inspector({ allowedOrigins: [APP] })
    const refused = [
      await get(url, { host: 'evil.example' }),
      await get(url, { origin: EVIL }),
      await get(url, {}, '/'),
    ]
    for (const { status, headers, text } of refused) {
      expect([403, 404]).toContain(status)
      expect(text).toBe('')
      expect(JSON.stringify(headers)).not.toContain(APP)
    }
    expect(String((await get(url)).headers['content-security-policy'])).toContain(APP)
  })

  it.each([
    ['without a secret', '/'],
    ['with another secret', `/${'x'.repeat(32)}/`],
    ['with a longer secret', '/SECRETx/'],
    ['with a part of the secret', '/SECRE/'],
    ['with the secret elsewhere', '/x/SECRET/'],
    ['with the secret in the query', '/?SECRET'],
    ['with an encoded secret', '/%53ECRET/'],
    ['without the slash', '/SECRET'],
    ['for a file that is not there', '/SECRET/none.js'],
    ['for what is outside', '/SECRET/../package.json'],
    ['for what is outside, encoded', '/SECRET/%2e%2e%2f%2e%2e%2fpackage.json'],
    ['by a full URL', 'http://evil.example/SECRET/'],
  ])('%s gets a 404 and nothing else', async (_what, path) => {
    const { url } = await inspector()
    const secret = new URL(url).pathname.slice(1, -1)
    const first = secret.startsWith('S') ? '%73' : encoded(secret.charAt(0))
    const asked = path.replace('%53ECRET', first + secret.slice(1)).replace('SECRET', secret)
    const reply = await get(url, {}, asked.replace('SECRE', secret.slice(0, -1)))
    expect([reply.status, reply.text]).toEqual([404, ''])
    expect(JSON.stringify(reply.headers)).not.toContain(secret)
  })

  it.each([
    ['a foreign name', { Host: 'evil.example' }],
    ['a foreign name with the right port', { Host: 'evil.example:PORT' }],
    ['a name that begins like ours', { Host: 'localhost.evil.example:PORT' }],
    ['another port', { Host: '127.0.0.1:1' }],
    ['no port', { Host: 'localhost' }],
    ['a LAN address', { Host: '192.168.1.2:PORT' }],
    ['an evil origin', { Origin: EVIL }],
    ['an opaque origin', { Origin: 'null' }],
    ['the origin of another port', { Origin: 'http://127.0.0.1:1' }],
    ['our origin over TLS', { Origin: 'https://127.0.0.1:PORT' }],
    ['an origin that is not listed', { Origin: APP }],
  ])('with %s gets a 403 and nothing else, though it has the secret', async (_what, headers) => {
    const { url } = await inspector()
    const { port } = new URL(url)
    const told = Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', port)])
    const reply = await get(url, Object.fromEntries(told))
    expect([reply.status, reply.text]).toEqual([403, ''])
  })

  it.each([
    ['by its name', { Host: 'localhost:PORT' }],
    ['by its name in capitals', { Host: 'LOCALHOST:PORT' }],
    ['from itself', { Origin: 'http://127.0.0.1:PORT' }],
    ['from itself by its name', { Host: 'localhost:PORT', Origin: 'http://localhost:PORT' }],
    ['from a listed origin', { Origin: APP }],
  ])('%s is let in', async (_what, headers) => {
    const { url } = await inspector({ allowedOrigins: [APP] })
    const { port } = new URL(url)
    const told = Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', port)])
    // 503 where the page is not built.
    expect([200, 503]).toContain((await get(url, Object.fromEntries(told))).status)
  })

  it('with another method gets a 405', async () => {
    const { url } = await inspector()
    const reply = await ask(url, { method: 'POST', body: '{}' })
    expect([reply.status, reply.headers.allow, reply.text]).toEqual([405, 'GET, HEAD', ''])
  })
})

const encoded = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`

describe('Whoever dials the socket', () => {
  it.each([
    ['an evil origin', { origin: EVIL }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['the origin of another port', { origin: 'http://localhost:1' }, 403],
    ['an origin that is not listed', { origin: 'http://localhost:5174' }, 403],
    ['an evil origin, as a viewer', { origin: EVIL, query: '?role=viewer' }, 403],
    ['a listed origin, as a viewer', { origin: APP, query: '?role=viewer' }, 403],
    ['a foreign name', { host: 'evil.example:PORT' }, 403],
    ['another port', { host: '127.0.0.1:1' }, 403],
    ['a path below', { query: 'socket' }, 404],
  ])('with %s is refused, and is told nothing', async (_what, dialling: Record<string, string>, status) => {
    const { url } = await inspector({ allowedOrigins: [APP] })
    const app = await new Client(url).opened()
    app.say(hello)
    app.say({ kind: 'records', records: [record()] })
    const { port } = new URL(url)
    const host = dialling.host?.replace('PORT', port)
    const stranger = new Client(url, { ...dialling, ...(host ? { host } : {}) })
    expect(await stranger.ended()).toBe(`refused ${status}`)
    expect(stranger.texts).toEqual([])
  })

  it.each(['/', '/wrong-secret-of-32-characters-xxx/', '//', '/.'])(
    'at %s is refused, and is told nothing',
    async (path) => {
      const { url } = await inspector()
      const stranger = new Client(new URL(url).origin + path, { query: '?role=viewer' })
      expect(await stranger.ended()).toBe('refused 404')
      expect(stranger.texts).toEqual([])
    },
  )

  it('with a broken handshake gets a 400 and nothing else', async () => {
    const { url } = await inspector()
    const reply = await ask(url, {
      method: 'GET',
      headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
    })
    expect([reply.status, reply.text]).toEqual([400, ''])
  })

  it('and does not hang up when it is refused is hung up on', async () => {
    const { url } = await inspector()
    const { port } = new URL(url)
    const socket = await rawUpgrade(Number(port))
    const ended = new Promise((resolve) => socket.on('end', resolve))
    await ended
    // Our half stays open until the server has destroyed its own.
    await vi.waitFor(() => {
      socket.write('still here')
      expect(socket.destroyed).toBe(true)
    }, 60_000)
  })

  it.each([
    ['a program', {}],
    ['a program that calls it by name', { host: 'localhost:PORT' }],
    ['its own page', { origin: 'http://127.0.0.1:PORT' }],
    ['a page that is listed', { origin: APP }],
    ['a viewer that is a program', { query: '?role=viewer' }],
    ['a viewer that is its own page', { origin: 'http://127.0.0.1:PORT', query: '?role=viewer' }],
    ['its own page, called by name', { host: 'localhost:PORT', origin: 'http://localhost:PORT' }],
  ])('is let in as %s', async (_what, dialling: Record<string, string>) => {
    const { url } = await inspector({ allowedOrigins: [APP] })
    const { port } = new URL(url)
    const told = Object.entries(dialling).map(([name, value]) => [name, value.replace('PORT', port)])
    await new Client(url, Object.fromEntries(told)).opened()
  })

  it('without the slash behind the secret is let in: programs are told the address by hand', async () => {
    const { url } = await inspector()
    await new Client(url.slice(0, -1)).opened()
  })

  it('is told where it comes from', async () => {
    const { url } = await inspector({ allowedOrigins: [APP] })
    const watcher = await Watcher.at(url)
    const app = await new Client(url, { origin: APP }).opened()
    app.say(hello)
    await watcher.until(() => watcher.sources.length === 1)
    expect(only(watcher.sources).origin).toBe(APP)
  })

  it('as one too many is refused, and let in when another has left', async () => {
    const { url } = await inspector()
    const clients = Array.from({ length: 32 }, () => new Client(url))
    await Promise.all(clients.map((client) => client.opened()))
    expect(await new Client(url).ended()).toBe('refused 503')
    await clients[0]?.close()
    await vi.waitFor(async () => void (await new Client(url).opened()), { timeout: 60_000 })
  })
})

const rawUpgrade = (port: number) =>
  new Promise<Socket>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.write(
        `GET /none/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      )
      socket.resume()
      resolve(socket)
    })
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
  })

describe('Frames that nobody may send', () => {
  it.each([
    ['binary', Buffer.from('{}'), 1003],
    ['no JSON', 'no JSON', 1007],
    ['a list', '[]', 1007],
    ['null', 'null', 1007],
    ['too long', JSON.stringify({ type: 'x'.repeat(1_000_001) }), 1009],
    ['nested beyond all measure', nested(), 1008],
  ])('end the connection: %s', async (_what, frame, code) => {
    for (const query of ['', '?role=viewer']) {
      const { url } = await inspector()
      const client = await new Client(url, { query }).opened()
      client.socket.send(frame)
      // A viewer's messages have no place for what is nested.
      if (query && code === 1008) continue
      expect(await client.ended()).toBe(code)
      expect(client.texts).toEqual([])
    }
  })

  it('are no source, and end nobody else', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    for (const frame of [Buffer.from('{}'), 'no JSON', nested()]) {
      const client = await new Client(url).opened()
      client.socket.send(frame)
      await client.ended()
    }
    const app = await new Client(url).opened()
    app.say(hello)
    await watcher.until(() => watcher.sources.some(({ protocol }) => protocol === 'livekit-token'))
    expect(watcher.told()).toEqual([])
  })

  it('are ignored when they are well-formed and nobody’s', async () => {
    const { url } = await inspector()
    const watcher = await Watcher.at(url)
    const app = await new Client(url).opened()
    for (const frame of [{}, { type: 'hello' }, { type: 7, _version: '1' }, { channel: 'other' }])
      app.send(frame)
    app.say({ ...hello, kind: 'from-a-newer-version' })
    app.say({ kind: 'records', records: [record()] })
    app.say(hello)
    await watcher.until(() => app.texts.length > 0)
    expect(only(app.frames)).toMatchObject({ kind: 'attach', since: 0 })
    expect(watcher.told()).toEqual([])
  })
})

/** Deeper than the stack, in less than a million characters. */
function nested(): string {
  const depth = 400_000
  const event = `${'['.repeat(depth)}${']'.repeat(depth)}`
  return `{"type":"@xstate.event","sessionId":"x:0","createdAt":"1","_version":"1","id":null,"event":{"type":"a","b":${event}}}`
}

describe('An inspector that is closed', () => {
  it('cuts every connection, frees its port, and may be closed again', async () => {
    const { url, close } = await startInspector()
    const app = await new Client(url).opened()
    const watcher = await Watcher.at(url)
    await Promise.all([close(), close()])
    await close()
    await Promise.all([app.ended(), watcher.ended()])
    const server = createServer()
    const { port } = new URL(url)
    await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve))
    expect((server.address() as AddressInfo).port).toBe(Number(port))
    await new Promise((resolve) => server.close(resolve))
  })
})
