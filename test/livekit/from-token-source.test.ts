import { createRequire } from 'node:module'
import { inspect } from 'node:util'
import * as esm from 'livekit-client'
import { fromTokenSource } from 'livekit-token-store/livekit'
import { describe, expect, it, vi } from 'vitest'
import { isInvalidResponse } from '../../src/invalid-response'
import { START } from '../helpers/clock'
import { credentials } from '../helpers/tokens'
import { answerJson, firstAttempt, rejection, serve } from './helpers'

const cjs = createRequire(import.meta.url)('livekit-client') as typeof esm
const good = credentials({ issuedAt: START })

describe.each([
  ['ESM', esm],
  ['CJS', cjs],
])('fromTokenSource over the %s build', (_, { TokenSource, TokenSourceConfigurable }) => {
  it('asks a literal source, an object or a function', async () => {
    expect(await fromTokenSource(TokenSource.literal(good as never))({}, firstAttempt())).toEqual(good)
    expect(await fromTokenSource(TokenSource.literal(async () => good as never))({}, firstAttempt())).toEqual(
      good,
    )
  })

  it('asks a custom source with the request, each time, though the source would cache', async () => {
    const custom = vi.fn(async (_options: object) => credentials({ issuedAt: Date.now() }) as never)
    const fetchToken = fromTokenSource(TokenSource.custom(custom))
    await fetchToken({ roomName: 'A' }, firstAttempt())
    await fetchToken({ roomName: 'A' }, firstAttempt())
    expect(custom.mock.calls).toEqual([[{ roomName: 'A' }], [{ roomName: 'A' }]])
  })

  it('asks an endpoint, also when an option is there and undefined', async () => {
    const { url, received } = await serve((response) => answerJson(response, good))
    const fetchToken = fromTokenSource(TokenSource.endpoint(url))
    expect(await fetchToken({ roomName: 'A', agentName: undefined }, firstAttempt())).toEqual(good)
    expect(received.map(({ body }) => body)).toEqual(['{"room_name":"A"}'])
  })

  it('asks a source of your own with force', async () => {
    const fetch = vi.fn(async () => good as never)
    class Own extends TokenSourceConfigurable {
      fetch = fetch
    }
    expect(await fromTokenSource(new Own())({ roomName: 'A' }, firstAttempt())).toEqual(good)
    expect(fetch).toHaveBeenCalledWith({ roomName: 'A' }, true)
  })

  it('keeps the private fields of a source of your own', async () => {
    class Own extends TokenSourceConfigurable {
      readonly #token = good
      async fetch() {
        return this.#token as never
      }
    }
    expect(await fromTokenSource(new Own())({}, firstAttempt())).toEqual(good)
  })

  it('makes calls side by side, and none waits for one that hangs, as upstream does', async () => {
    const custom = async ({ roomName }: { roomName?: string }) =>
      roomName === 'hangs' ? new Promise<never>(() => {}) : (good as never)
    const fetchToken = fromTokenSource(TokenSource.custom(custom))
    const controller = new AbortController()
    const hung = fetchToken({ roomName: 'hangs' }, firstAttempt(controller.signal))
    expect(await fetchToken({ roomName: 'A' }, firstAttempt())).toEqual(good)
    controller.abort(new Error('Enough.'))
    expect((await rejection(hung)).message).toBe('Enough.')
  })

  it('reads the status of a refusal, and repeats neither its body nor its URL', async () => {
    const { url } = await serve((response) => response.writeHead(403).end(': received 200 / CANARY'))
    const error = await rejection(fromTokenSource(TokenSource.endpoint(`${url}?CANARY`))({}, firstAttempt()))
    expect(error).toMatchObject({ status: 403 })
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('CANARY')
  })

  it.each([
    ['a page', '<!doctype html>CANARY'],
    ['an empty body', ''],
    ['a string', '"CANARY"'],
    ['a number for a token', '{"participant_token":7}'],
  ])('tells %s from credentials, and repeats nothing of it', async (_, body) => {
    const { url } = await serve((response) => response.writeHead(200).end(body))
    const error = await rejection(fromTokenSource(TokenSource.endpoint(url))({}, firstAttempt()))
    expect(isInvalidResponse(error)).toBe(true)
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('CANARY')
  })

  it('passes the error of a custom source on as it is', async () => {
    const error = Object.assign(new Error('Signed out.'), { status: 401 })
    const source = TokenSource.custom(() => Promise.reject(error))
    expect(await rejection(fromTokenSource(source)({}, firstAttempt()))).toBe(error)
  })

  it('passes a failure of the network on', async () => {
    const { url } = await serve((response) => response.destroy())
    const error = await rejection(fromTokenSource(TokenSource.endpoint(url))({}, firstAttempt()))
    expect(error.message).toBe('fetch failed')
  })
})

describe('fromTokenSource', () => {
  it.each([undefined, null, {}, () => good, { fetch: 'fetch' }])('refuses %j at once', (source) => {
    expect(() => fromTokenSource(source as never)).toThrow(TypeError)
    expect(() => fromTokenSource(source as never)).toThrow('"source"')
  })
})
