import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { startTokenEndpoint, type TokenEndpoint } from 'livekit-token-devtools/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../ask'

let endpoint: TokenEndpoint
beforeAll(async () => {
  endpoint = await startTokenEndpoint()
})
afterAll(() => endpoint.close())

const corsHeaders = (headers: object) => Object.keys(headers).filter((name) => /^access-control-/.test(name))

const OURS = [
  'http://localhost',
  'http://localhost:5173',
  'https://localhost:8443',
  'http://127.0.0.1:3000',
  'https://127.0.0.1',
  'http://[::1]:3000',
]

const FOREIGN = [
  'null',
  '',
  'https://evil.example',
  'http://localhost.evil.example',
  'http://evil.example:80/localhost',
  'http://localhost:80@evil.example',
  'http://notlocalhost:3000',
  'http://127.0.0.1.nip.example',
  'http://127.0.0.10',
  'http://0.0.0.0:3000',
  'http://[::]:3000',
  'http://192.168.1.2:3000',
  'file://',
  'chrome-extension://abcdefgh',
  'http://localhost:3000, https://evil.example',
  'http://localhost:3000/',
]

describe('a page of this machine', () => {
  it.each(OURS)('at %s may ask and sees the server’s time and its wish to wait', async (origin) => {
    const reply = await ask(endpoint.url, { headers: { Origin: origin } })
    expect(reply.status).toBe(201)
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'Date, Retry-After',
      vary: 'Origin',
    })
  })

  it.each(['?status=503&retryAfter=3', '?ttl=no'])('reads an error too: %s', async (query) => {
    const reply = await ask(`${endpoint.url}${query}`, { headers: { Origin: OURS[1]! } })
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(reply.headers['access-control-allow-origin']).toBe(OURS[1])
    expect(reply.headers['access-control-expose-headers']).toBe('Date, Retry-After')
  })

  it.each(OURS)('at %s gets its preflight answered, whatever headers it sends', async (origin) => {
    const reply = await ask(`${endpoint.url}?status=500&hang`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,x-sandbox-id',
      },
    })
    expect(reply.status).toBe(204)
    expect(reply.text).toBe('')
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-allow-headers': 'authorization,content-type,x-sandbox-id',
      vary: 'Origin',
    })
  })
})

describe('a page from elsewhere', () => {
  it.each(FOREIGN)('at %j gets no token and no CORS header', async (origin) => {
    for (const method of ['POST', 'OPTIONS']) {
      const headers = { Origin: origin, 'Access-Control-Request-Method': 'POST' }
      const reply = await ask(endpoint.url, { method, headers })
      expect(reply.status).toBe(403)
      expect(corsHeaders(reply.headers)).toEqual([])
      expect(reply.headers.vary).toBe('Origin')
      expect(reply.text).not.toContain('participant_token')
    }
  })
})

describe('a program', () => {
  it('sends no origin, is let in, and gets no CORS header', async () => {
    const reply = await ask(endpoint.url)
    expect(reply.status).toBe(201)
    expect(corsHeaders(reply.headers)).toEqual([])
    expect(reply.headers.vary).toBe('Origin')
  })
})

describe('the Host header', () => {
  it.each(['localhost', 'localhost:8080', 'LOCALHOST:1', '127.0.0.1', '127.0.0.1:80', '[::1]', '[::1]:443'])(
    'may be %s',
    async (host) => expect((await ask(endpoint.url, { headers: { Host: host } })).status).toBe(201),
  )

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:80',
    '127.0.0.1.nip.example',
    '0.0.0.0',
    '192.168.1.2',
    'localhost:x',
    'localhost@evil.example',
  ])('may not be %j, even with an origin of this machine', async (host) => {
    const reply = await ask(endpoint.url, { headers: { Host: host, Origin: 'http://localhost:1' } })
    expect(reply.status).toBe(403)
    expect(corsHeaders(reply.headers)).toEqual([])
  })

  it('may not be missing, as HTTP/1.0 allows', async () => {
    const { port } = new URL(endpoint.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.end('POST / HTTP/1.0\r\nContent-Length: 0\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /)
  })
})
