import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import type { TokenRequest } from 'livekit-token-store'
import { fromEndpoint } from 'livekit-token-store/livekit'
import { describe, expect, it, vi } from 'vitest'
import { START, settle } from '../helpers/clock'
import { credentials } from '../helpers/tokens'
import { answerJson, firstAttempt, rejection, serve } from './helpers'

const good = credentials({ issuedAt: START })
const answerGood = (response: ServerResponse) => answerJson(response, good)

describe('fromEndpoint', () => {
  it('posts JSON and gives the credentials', async () => {
    const { url, received } = await serve(answerGood)
    expect(await fromEndpoint(url)({ roomName: 'A' }, firstAttempt())).toEqual(good)
    expect(received).toMatchObject([{ method: 'POST', body: '{"room_name":"A"}' }])
    expect(received[0]?.headers['content-type']).toBe('application/json')
  })

  it('takes a URL object, and is not moved by a later change of it', async () => {
    const { url, received } = await serve(answerGood)
    const address = new URL(url)
    const fetchToken = fromEndpoint(address)
    address.port = '1'
    await fetchToken({}, firstAttempt())
    expect(received).toHaveLength(1)
  })

  it.each([200, 201, 299])('takes a %i, camelCase or snake_case, and drops the rest', async (status) => {
    const answers = [
      { ...good, roomName: 'A' },
      { server_url: good.serverUrl, participant_token: good.participantToken, room_name: 'A' },
    ]
    const { url } = await serve((response) => answerJson(response, answers.shift(), { status }))
    expect(await fromEndpoint(url)({}, firstAttempt())).toEqual(good)
    expect(await fromEndpoint(url)({}, firstAttempt())).toEqual(good)
  })

  it('follows a redirect that keeps the body', async () => {
    const target = await serve(answerGood)
    const { url } = await serve((response) => response.writeHead(307, { location: target.url }).end())
    expect(await fromEndpoint(url)({ roomName: 'A' }, firstAttempt())).toEqual(good)
    expect(target.received).toMatchObject([{ method: 'POST', body: '{"room_name":"A"}' }])
  })

  it('uses the fetch that it is given, with the other options, as no method of anything', async () => {
    const fake = vi.fn(async function (this: unknown, _url: unknown, _init?: RequestInit) {
      expect(this).toBeUndefined()
      return new Response(JSON.stringify(good), { status: 201 })
    })
    const init = {
      fetch: fake as typeof fetch,
      credentials: 'include',
      cache: 'no-store',
      method: 'PUT',
    } as const
    await fromEndpoint('/token', init)({}, firstAttempt())
    expect(fake.mock.calls[0]?.[0]).toBe('/token')
    expect(fake.mock.calls[0]?.[1]).toMatchObject({
      credentials: 'include',
      cache: 'no-store',
      method: 'PUT',
    })
    expect(fake.mock.calls[0]?.[1]).not.toHaveProperty('fetch')
  })

  it('looks the global fetch up at each request', async () => {
    const fetchToken = fromEndpoint('https://app.example/token')
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(good)))
    expect(await fetchToken({}, firstAttempt())).toEqual(good)
    vi.unstubAllGlobals()
  })
})

describe('headers', () => {
  it.each([
    ['an object', { authorization: 'Bearer 1' }],
    ['an array', [['authorization', 'Bearer 1']]],
    ['Headers, which upstream drops', new Headers({ authorization: 'Bearer 1' })],
    ['a function', () => ({ authorization: 'Bearer 1' })],
    ['an async function', async () => new Headers({ authorization: 'Bearer 1' })],
  ])('may be %s', async (_, headers) => {
    const { url, received } = await serve(answerGood)
    await fromEndpoint(url, { headers: headers as HeadersInit })({}, firstAttempt())
    expect(received[0]?.headers).toMatchObject({
      authorization: 'Bearer 1',
      'content-type': 'application/json',
    })
  })

  it('may name another content type', async () => {
    const { url, received } = await serve(answerGood)
    const headers = { 'Content-Type': 'application/vnd.livekit+json' }
    await fromEndpoint(url, { headers })({}, firstAttempt())
    expect(received[0]?.headers['content-type']).toBe('application/vnd.livekit+json')
  })

  it('are asked for before each request, with the request and the attempt', async () => {
    const { url, received } = await serve(answerGood)
    const counts = ['1', '2']
    const headers = vi.fn((_request: TokenRequest) => ({ 'x-count': counts.shift()! }))
    const fetchToken = fromEndpoint(url, { headers })
    const context = firstAttempt()
    await fetchToken({ roomName: 'A' }, context)
    await fetchToken({ roomName: 'B' }, context)
    expect(headers.mock.calls).toEqual([
      [{ roomName: 'A' }, context],
      [{ roomName: 'B' }, context],
    ])
    expect(received.map((request) => request.headers['x-count'])).toEqual(['1', '2'])
  })

  it('fail with the error of their function', async () => {
    const { url, received } = await serve(answerGood)
    const error = Object.assign(new Error('Signed out.'), { status: 401 })
    const headers = async () => {
      throw error
    }
    expect(await rejection(fromEndpoint(url, { headers })({}, firstAttempt()))).toBe(error)
    expect(received).toEqual([])
  })

  it('fail without repeating a value that is no header', async () => {
    const headers = () => ({ authorization: 'hunter2\u0000' })
    const error = await rejection(fromEndpoint('http://127.0.0.1:1', { headers })({}, firstAttempt()))
    expect(error).toBeInstanceOf(TypeError)
    expect(inspect(error)).toContain('"headers"')
    expect(inspect(error)).not.toContain('hunter2')
  })
})

describe('abort', () => {
  it('ends the request', async () => {
    const controller = new AbortController()
    const reason = new Error('Enough.')
    let closed: () => void = () => {}
    const hungUp = new Promise<void>((resolve) => {
      closed = resolve
    })
    const { url } = await serve((response) => {
      response.once('close', closed)
      controller.abort(reason)
    })
    expect(await rejection(fromEndpoint(url)({}, firstAttempt(controller.signal)))).toBe(reason)
    await hungUp
  })

  it('ends a request whose body does not come', async () => {
    const controller = new AbortController()
    const { url } = await serve((response) => {
      response.writeHead(200).write('{')
      setTimeout(() => controller.abort(new Error('Enough.')), 20)
    })
    const error = await rejection(fromEndpoint(url)({}, firstAttempt(controller.signal)))
    expect(error.message).toBe('Enough.')
  })

  it('ends the wait for the headers, and then nothing is sent, even by a fetch that looks at no signal', async () => {
    const deaf = vi.fn<typeof fetch>(async () => new Response(JSON.stringify(good)))
    const controller = new AbortController()
    let signIn: (headers: HeadersInit) => void = () => {}
    const headers = () =>
      new Promise<HeadersInit>((resolve) => {
        signIn = resolve
      })
    const waiting = fromEndpoint('http://a', { headers, fetch: deaf })({}, firstAttempt(controller.signal))
    controller.abort(new Error('Enough.'))
    expect((await rejection(waiting)).message).toBe('Enough.')
    signIn({})
    await settle()
    expect(deaf).not.toHaveBeenCalled()
  })

  it('ends the wait for a fetch that looks at no signal', async () => {
    const controller = new AbortController()
    const deaf = (() => new Promise(() => {})) as typeof fetch
    const waiting = fromEndpoint('http://a', { fetch: deaf })({}, firstAttempt(controller.signal))
    controller.abort(new Error('Enough.'))
    expect((await rejection(waiting)).message).toBe('Enough.')
  })
})
