import { fromEndpoint } from 'livekit-token-store/livekit'
import { afterEach, describe, expect, it, vi } from 'vitest'

const withInit = (init: unknown) => () => fromEndpoint('https://app.example/token', init as never)
const withUrl = (url: unknown) => () => fromEndpoint(url as string)

afterEach(() => vi.unstubAllGlobals())

describe('the URL of an endpoint', () => {
  it.each([
    'https://app.example/token',
    'http://127.0.0.1:3000/token?a=1',
    new URL('https://app.example/token'),
  ])('may be %s', (url) => expect(withUrl(url)).not.toThrow())

  it.each([undefined, null, '', 7, {}, 'not a url', 'token', 'http://', 'wss://rooms.example', 'data:,{}'])(
    'may not be %j',
    (url) => {
      expect(withUrl(url)).toThrow(TypeError)
      expect(withUrl(url)).toThrow('"url"')
    },
  )

  it('may hold no password, which the message does not repeat', () => {
    expect(withUrl('https://user:hunter2@app.example/token')).toThrow(/^"url" (?!.*hunter2)/)
  })

  it('may be relative in a browser', () => {
    vi.stubGlobal('document', { baseURI: 'https://app.example/room/' })
    expect(withUrl('/token')).not.toThrow()
    expect(withUrl('token')).not.toThrow()
    expect(withUrl('http://')).toThrow('"url"')
  })

  it('may be relative in a worker', () => {
    vi.stubGlobal('location', { href: 'https://app.example/worker.js' })
    expect(withUrl('token')).not.toThrow()
  })

  it.each(['/api/token', './token', '../token', '//app.example/token'])(
    'may be the path %s where a page is rendered ahead, as nothing asks there',
    (url) => expect(withUrl(url)).not.toThrow(),
  )
})

describe('the options of an endpoint', () => {
  it.each([null, 7, 'POST'])('are an object, not %j', (init) => {
    expect(withInit(init)).toThrow(TypeError)
    expect(withInit(init)).toThrow('"init"')
  })

  it.each([
    ['headers', 'Authorization'],
    ['headers', { 'not a name': 'x' }],
    ['fetch', 'fetch'],
    ['clock', {}],
    ['clock', null],
    ['method', 'GET'],
    ['method', 'head'],
    ['method', ''],
    ['method', 7],
    ['method', 'TRACE'],
    ['body', '{}'],
    ['signal', new AbortController().signal],
    ['credentials', 'sometimes'],
    ['cache', 'maybe'],
  ])('say which one is bad: %s', (name, value) => {
    expect(withInit({ [name]: value })).toThrow(TypeError)
    expect(withInit({ [name]: value })).toThrow(`"${name}"`)
  })

  it('do not repeat the value of a bad header, which is often a secret', () => {
    expect(withInit({ headers: { authorization: 'Bearer hunter2\n\u0000' } })).toThrow(
      /^"headers" (?!.*hunter2)/,
    )
  })

  it.each([
    {},
    { headers: undefined, fetch: undefined, clock: undefined, signal: undefined, body: undefined },
    {
      headers: new Headers({ a: 'b' }),
      method: 'PUT',
      credentials: 'include',
      mode: 'cors',
      cache: 'no-store',
    },
    { headers: [['a', 'b']], keepalive: true, redirect: 'error', referrerPolicy: 'no-referrer' },
  ])('may be those of fetch: %j', (init) => expect(withInit(init)).not.toThrow())
})
