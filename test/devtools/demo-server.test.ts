import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoServer, startDemoServer } from '../../devtools/src/demo-server'
import { ask, type Question } from './ask'

const endpointUrl = 'http://127.0.0.1:9/token'
let folder: string
let server: DemoServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-server-'))
  await mkdir(join(folder, 'demo', 'assets'), { recursive: true })
  await mkdir(join(folder, 'demo-private'))
  await writeFile(join(folder, 'demo', 'index.html'), '<!doctype html><title>Demo</title>')
  await writeFile(join(folder, 'demo', 'assets', 'app.js'), 'export {}')
  await writeFile(join(folder, 'demo', 'assets', 'app.css'), 'a{}')
  await writeFile(join(folder, 'demo', 'config.json'), '{"endpoint":"stale"}')
  await writeFile(join(folder, 'private.txt'), 'PRIVATE')
  await writeFile(join(folder, 'demo-private', 'private.txt'), 'PRIVATE')
  server = await startDemoServer({ root: join(folder, 'demo'), endpointUrl })
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const get = (path: string, question: Question = {}) => ask(server.url, { method: 'GET', path, ...question })

describe('the demo server', () => {
  it.each([
    ['/', 'text/html', '<!doctype html><title>Demo</title>'],
    ['/?a=1', 'text/html', '<!doctype html><title>Demo</title>'],
    ['/assets/app.js', 'text/javascript', 'export {}'],
    ['/assets/app.css', 'text/css', 'a{}'],
  ])('serves %s with its type', async (path, type, text) => {
    const reply = await get(path)
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toContain(type)
    expect(reply.headers['x-content-type-options']).toBe('nosniff')
    expect(reply.text).toBe(text)
  })

  it('tells the page where the endpoint is, whatever the folder says', async () => {
    const reply = await get('/config.json')
    expect(reply.headers['content-type']).toBe('application/json')
    expect(reply.json()).toEqual({ endpoint: endpointUrl, livekit: null, inspector: null })
  })

  it.each(['bytes=10-5', 'bytes=5-0', 'bytes=-5', 'bytes=9-', 'bytes=x', 'bytes=0-0,5-1'])(
    'answers a range of %s with the whole file',
    async (range) => {
      expect(await get('/assets/app.js', { headers: { range } })).toMatchObject({
        status: 200,
        text: 'export {}',
      })
    },
  )

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('tells a page of another site nothing (%j)', async (headers) => {
    expect((await get('/config.json', { headers })).status).toBe(403)
    expect((await get('/config.json', { headers })).text).not.toContain(endpointUrl)
  })

  it('is reached by a link on another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await get('/', { headers })).status).toBe(200)
  })

  it('sends a strict policy, and nothing to be stored, with every answer', async () => {
    for (const path of ['/', '/config.json', '/assets/app.js', '/none']) {
      const { headers } = await get(path)
      expect(headers['cache-control'], path).toBe('no-store')
      const policy = String(headers['content-security-policy']).split('; ')
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain(
        "connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:* http://localhost:* ws://localhost:*",
      )
      expect(policy.join()).not.toMatch(/unsafe|https:|\*(?!$|[ ,])/)
    }
  })

  it.each([
    ['ws://127.0.0.1:7880', []],
    ['ws://localhost:7880', []],
    ['ws://192.168.1.2:7880', ['http://192.168.1.2:7880', 'ws://192.168.1.2:7880']],
    ['wss://rooms.example', ['https://rooms.example', 'wss://rooms.example']],
    ['https://rooms.example/path', ['https://rooms.example', 'wss://rooms.example']],
  ])(
    'tells the page of the LiveKit server %s, and lets it connect to no other',
    async (livekitUrl, added) => {
      const other = await startDemoServer({ root: join(folder, 'demo'), endpointUrl, livekitUrl })
      const reply = await ask(other.url, { method: 'GET', path: '/config.json' })
      await other.close()
      expect(reply.json().livekit).toBe(livekitUrl)
      const policy = String(reply.headers['content-security-policy']).split('; ')
      const usual = String((await get('/')).headers['content-security-policy']).split('; ')
      const connect = (all: string[]) => all.find((one) => one.startsWith('connect-src')) ?? ''
      expect(connect(policy)).toBe([connect(usual), ...added].join(' '))
      expect(policy.filter((one) => one !== connect(policy))).toEqual(
        usual.filter((one) => one !== connect(usual)),
      )
    },
  )

  it.each([
    '/../private.txt',
    '/../demo-private/private.txt',
    '/assets/../../private.txt',
    '/%2e%2e/private.txt',
    '/%2e%2e%2fprivate.txt',
    '/..%2fprivate.txt',
    '/..%5cprivate.txt',
    '/..\\private.txt',
    '//../private.txt',
    '/assets/..%00/../../private.txt',
    'http://127.0.0.1/../private.txt',
  ])('does not leave its folder for %s', async (path) => {
    const reply = await get(path)
    expect(reply.status).toBe(404)
    expect(reply.text).not.toContain('PRIVATE')
  })

  it.each(['/assets', '/assets/', '/%', '/%E0%A4%A', '/%00', '/none.js'])(
    'answers 404 to %s, lists no folder, and goes on',
    async (path) => {
      expect((await get(path)).status).toBe(404)
      expect((await get('/')).status).toBe(200)
    },
  )

  it('answers 405 to what is no GET, and HEAD without a body', async () => {
    const posted = await get('/', { method: 'POST', body: 'x' })
    expect(posted.status).toBe(405)
    expect(posted.headers.allow).toBe('GET, HEAD')
    const head = await get('/', { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
  })

  it.each(['evil.example', '192.168.1.2', 'localhost.evil.example'])('refuses the Host %s', async (host) => {
    const reply = await get('/config.json', { headers: { Host: host } })
    expect(reply.status).toBe(403)
    expect(reply.text).not.toContain(endpointUrl)
  })

  it('serves a file that is built anew, and survives one that goes away', async () => {
    const file = join(folder, 'demo', 'assets', 'late.js')
    await writeFile(file, '1')
    expect((await get('/assets/late.js')).text).toBe('1')
    await writeFile(file, 'longer')
    expect((await get('/assets/late.js')).text).toBe('longer')
    await rm(file)
    expect((await get('/assets/late.js')).status).toBe(404)
  })

  it('listens on 127.0.0.1 until it is closed, on the port it was given', async () => {
    const first = await startDemoServer({ root: join(folder, 'demo'), endpointUrl })
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    const port = Number(new URL(first.url).port)
    await first.close()
    await first.close()
    await expect(ask(first.url, { method: 'GET' })).rejects.toThrow()
    const second = await startDemoServer({ root: join(folder, 'demo'), endpointUrl, port })
    expect(second.url).toBe(first.url)
    await second.close()
  })

  it('does not start without a demo', async () => {
    const root = join(folder, 'none')
    await expect(startDemoServer({ root, endpointUrl })).rejects.toThrow(/no index\.html in root/)
  })
})
