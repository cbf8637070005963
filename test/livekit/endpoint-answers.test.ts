import { inspect } from 'node:util'
import { fromEndpoint } from 'livekit-token-store/livekit'
import { describe, expect, it, vi } from 'vitest'
import { isInvalidResponse } from '../../src/invalid-response'
import { serverTimeOf } from '../../src/server-time'
import { START, simulatedClock } from '../helpers/clock'
import { credentials } from '../helpers/tokens'
import { answerJson, firstAttempt, rejection, serve } from './helpers'

const good = credentials({ issuedAt: START })

describe('a refusal', () => {
  const refused = async (status: number, headers: Record<string, string> = {}, body = '') => {
    const { url } = await serve((response) => response.writeHead(status, headers).end(body))
    return rejection(fromEndpoint(url, { clock: simulatedClock() })({}, firstAttempt()))
  }

  it.each([400, 401, 403, 404, 405, 422, 429, 500, 502, 503])('of %i has the status', async (status) => {
    const error = await refused(status)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ status })
    expect(error.message).toMatch(new RegExp(`answered ${status}: .+\\.$`))
    expect(error).not.toHaveProperty('retryAt')
  })

  it('says when to ask again', async () => {
    expect(await refused(429, { 'retry-after': '7' })).toMatchObject({ status: 429, retryAt: START + 7_000 })
  })

  it('says it by the local clock, when a server whose clock is wrong gives a date', async () => {
    const headers = { date: 'Thu, 01 Jan 2032 00:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2032 00:01:00 GMT' }
    expect(await refused(503, headers)).toMatchObject({ status: 503, retryAt: START + 60_000 })
  })

  it('never repeats the body, nor the query of the URL', async () => {
    const { url } = await serve((response) => response.writeHead(401).end('CANARY'))
    const error = await rejection(fromEndpoint(`${url}?key=CANARY`)({}, firstAttempt()))
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('CANARY')
  })

  it('cancels the body unread', async () => {
    const cancelled = vi.fn()
    const body = new ReadableStream({ cancel: cancelled })
    const fake = (async () => new Response(body, { status: 500 })) as typeof fetch
    expect(await rejection(fromEndpoint('http://a', { fetch: fake })({}, firstAttempt()))).toMatchObject({
      status: 500,
    })
    expect(cancelled).toHaveBeenCalled()
  })

  it('by a fetch whose body is no web stream is one too', async () => {
    const fake = (async () => ({ ok: false, status: 503, headers: new Headers(), body: {} })) as never
    expect(await rejection(fromEndpoint('http://a', { fetch: fake })({}, firstAttempt()))).toMatchObject({
      status: 503,
    })
  })

  it('that the browser hides has no status', async () => {
    const fake = (async () => Response.error()) as typeof fetch
    const error = await rejection(fromEndpoint('http://a', { fetch: fake })({}, firstAttempt()))
    expect(error).not.toHaveProperty('status')
    expect(error.message).toContain('hides')
  })
})

describe('a failure of the network', () => {
  it('passes through as the error of fetch', async () => {
    const { url } = await serve((response) => response.destroy())
    const error = await rejection(fromEndpoint(url)({}, firstAttempt()))
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toBe('fetch failed')
    expect(isInvalidResponse(error)).toBe(false)
  })
})

describe('an answer that is no credentials', () => {
  it.each([
    ['a page', 200, 'text/html; charset=utf-8', '<!doctype html>CANARY', '200 with text/html, not JSON'],
    ['an empty body', 200, 'application/json', ' ', '200 with an empty body'],
    ['no content', 204, '', '', '204 with an empty body'],
    ['a bare token', 200, 'text/plain', 'CANARY', 'text/plain, not JSON'],
    ['a content type that quotes', 200, `application/${'CANARY'.repeat(9)}`, 'CANARY', 'something, not JSON'],
    ['a string', 200, 'application/json', '"CANARY"', 'answered a string'],
    ['null', 200, 'application/json', 'null', 'answered null'],
    ['an error', 200, 'application/json', '{"error":"CANARY"}', 'no `serverUrl`'],
    [
      'no JWT',
      200,
      'application/json',
      '{"server_url":"wss://a","participant_token":"CANARY"}',
      'is not a JWT',
    ],
  ])('is told from a good one: %s', async (_, status, type, body, words) => {
    const { url } = await serve((response) =>
      response.writeHead(status, type ? { 'content-type': type } : {}).end(status === 204 ? undefined : body),
    )
    const error = await rejection(fromEndpoint(url)({}, firstAttempt()))
    expect(isInvalidResponse(error)).toBe(true)
    expect(error.message).toContain(words)
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('CANARY')
  })
})

describe("the server's time", () => {
  it('comes from the Date header', async () => {
    const date = new Date(START + 90_000).toUTCString()
    const { url } = await serve((response) => answerJson(response, good, { headers: { date } }))
    const context = firstAttempt()
    const answer = await fromEndpoint(url, { clock: simulatedClock() })({}, context)
    const expected = { now: START + 90_500, uncertaintyMs: 500 }
    expect(serverTimeOf(answer, new AbortController().signal)).toEqual(expected)
    expect(serverTimeOf({ ...answer }, context.signal)).toEqual(expected)
    expect(answer).toStrictEqual(good)
  })

  it('is unknown when the answer hides it', async () => {
    const { url } = await serve((response) => {
      response.sendDate = false
      answerJson(response, good)
    })
    const context = firstAttempt()
    expect(serverTimeOf(await fromEndpoint(url)({}, context), context.signal)).toBeUndefined()
  })
})
