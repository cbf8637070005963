import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { failure, value } from '../helpers/fetcher'
import { SERVER_URL, signToken } from '../helpers/tokens'
import { callOf, DUE, events, ofType, rejection, START, scene, watch } from './setup'

const participantToken = signToken({ issuedAt: START })
const encode = (text: string) => Buffer.from(text).toString('base64url')

describe('An answer', () => {
  it.each(['wss://a.example', 'ws://127.0.0.1:7880', 'https://a.example/rtc', 'http://localhost:7880'])(
    'may have %s as its serverUrl',
    async (serverUrl) => {
      const { store, endpoint } = scene()
      endpoint.next(value({ serverUrl, participantToken }))
      expect(await store.fetch()).toEqual({ serverUrl, participantToken })
      expect(store.getSnapshot().token?.serverUrl).toBe(serverUrl)
    },
  )

  it('may have its keys in snake_case', async () => {
    const { store, endpoint } = scene()
    endpoint.next(value({ server_url: SERVER_URL, participant_token: participantToken }))
    expect(await store.fetch()).toEqual({ serverUrl: SERVER_URL, participantToken })
  })

  it('loses its unknown keys', async () => {
    const { store, endpoint } = scene()
    endpoint.next(value({ serverUrl: SERVER_URL, participantToken, roomName: 'A', debug: { a: 1 } }))
    expect(Object.keys(await store.fetch()).sort()).toEqual(['participantToken', 'serverUrl'])
    expect(Object.keys(await store.fetch()).sort()).toEqual(['participantToken', 'serverUrl'])
  })
})

const bad: [string, unknown, RegExp][] = [
  ['is nothing', undefined, /./],
  ['is null', null, /./],
  ['is an empty object', {}, /serverUrl/],
  ['is an empty string', '', /./],
  ['is an HTML page', '<!doctype html><title>Sign in</title>', /./],
  ['is an array', [SERVER_URL, participantToken], /./],
  ['has an error instead', { error: 'no such room' }, /serverUrl/],
  ['has no serverUrl', { participantToken }, /serverUrl/],
  ['has an empty serverUrl', { serverUrl: '', participantToken }, /serverUrl/],
  ['has a serverUrl that is no URL', { serverUrl: 'rooms', participantToken }, /serverUrl/],
  ['has a serverUrl of another protocol', { serverUrl: 'ftp://a.example', participantToken }, /serverUrl/],
  ['has a script as serverUrl', { serverUrl: 'javascript:alert(1)', participantToken }, /serverUrl/],
  ['has a number as serverUrl', { serverUrl: 7880, participantToken }, /serverUrl/],
  ['has no participantToken', { serverUrl: SERVER_URL }, /participantToken/],
  ['has an empty participantToken', { serverUrl: SERVER_URL, participantToken: '' }, /participantToken/],
  ['has a token that is no string', { serverUrl: SERVER_URL, participantToken: 1 }, /participantToken/],
  ['has a token that is no JWT', { serverUrl: SERVER_URL, participantToken: 'sesame' }, /participantToken/],
  [
    'has three parts that decode to nothing',
    { serverUrl: SERVER_URL, participantToken: 'a.b.c' },
    /participantToken/,
  ],
  [
    'has a token whose payload is no object',
    { serverUrl: SERVER_URL, participantToken: `${encode('{"alg":"HS256"}')}.${encode('"text"')}.x` },
    /participantToken/,
  ],
]

describe('An answer that', () => {
  it.each(bad)('%s is an invalid response, told at once to who waits', async (_what, answer, says) => {
    const { store, endpoint, clock } = scene()
    endpoint.usually(value(answer))
    const callers = [watch(store.fetch()), watch(store.fetch())]
    await settle()
    for (const { reason } of callers) {
      expect(reason).toMatchObject({ name: 'TokenError', code: 'invalid-response' })
      expect((reason as Error).message).toMatch(says)
    }
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', token: null })
    expect(store.getSnapshot().error?.code).toBe('invalid-response')
    await clock.advance(60_000)
    expect(endpoint.calls).toHaveLength(1)
  })

  it.each(bad)('%s costs no usable token: the refresh is retried', async (_what, answer) => {
    const { store, endpoint, until } = scene()
    await store.fetch()
    store.subscribe()
    const heard = events(store)
    endpoint.next(value(answer), value(answer))
    await until(DUE)
    expect(store.getSnapshot()).toMatchObject({ status: 'expiring', token: { ordinal: 1 } })
    expect(store.getSnapshot().error?.code).toBe('invalid-response')
    expect(callOf(await store.fetch())).toBe(1)
    await until(DUE + 2_000)
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 2 }, error: null })
    expect(ofType(heard, 'attempt-failed').map((event) => event.code)).toEqual(
      Array(2).fill('invalid-response'),
    )
  })
})

describe('The message about an invalid response', () => {
  it('never has the token in it, nor any part of the answer', async () => {
    const secret = 'c4n4ry-0f-a-t0ken'
    const { store, endpoint } = scene()
    const answers = [
      { serverUrl: SERVER_URL, participantToken: secret },
      { serverUrl: SERVER_URL, participantToken: `${secret}.${secret}.${secret}` },
      { serverUrl: secret, participantToken },
      { serverUrl: `ftp://${secret}.example`, participantToken },
      { [secret]: secret },
      secret,
    ]
    for (const answer of answers) {
      endpoint.next(value(answer))
      const error = await rejection(store.fetch())
      expect(error.code).toBe('invalid-response')
      for (const text of [
        error.message,
        error.stack ?? '',
        String(error),
        store.getSnapshot().error?.message,
      ]) {
        expect(text).not.toContain(secret)
        expect(text).not.toContain(participantToken)
      }
    }
  })
})

describe('A forced fetch that gets an invalid response', () => {
  it('rejects at once and keeps the usable token', async () => {
    const { store, endpoint } = scene()
    await store.fetch()
    endpoint.next(value({}))
    expect((await rejection(store.refresh())).code).toBe('invalid-response')
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', token: { ordinal: 1 } })
  })
})

describe('An invalid response after failures', () => {
  it('ends the series: who waits gets it at once', async () => {
    const { store, endpoint, clock } = scene()
    endpoint.next(failure(500), value('nonsense'))
    const fetched = watch(store.fetch())
    await clock.advance(500)
    expect(fetched.reason).toMatchObject({ code: 'invalid-response' })
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', attempt: 0, nextAt: null })
  })
})
