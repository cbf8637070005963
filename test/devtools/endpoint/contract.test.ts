import { decodeJwt, decodeProtectedHeader } from 'jose'
import { decodeTokenPayload, TokenSource } from 'livekit-client'
import { TokenVerifier } from 'livekit-server-sdk'
import {
  startTokenEndpoint,
  type TokenEndpoint,
  type TokenEndpointOptions,
} from 'livekit-token-devtools/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { START, simulatedClock } from '../../helpers/clock'
import { ask, tokenOf } from '../ask'

const verifier = new TokenVerifier('devkey', 'secret')

let endpoint: TokenEndpoint
beforeAll(async () => {
  endpoint = await startTokenEndpoint()
})
afterAll(() => endpoint.close())

const post = (body: unknown) => ask(endpoint.url, { body: JSON.stringify(body) })

describe('LiveKit’s own client', () => {
  it('gets a token that carries everything it asked for, and that LiveKit’s verifier accepts', async () => {
    const { serverUrl, participantToken } = await TokenSource.endpoint(endpoint.url).fetch({
      roomName: 'kitchen',
      participantName: 'Ada L.',
      participantIdentity: 'ada',
      participantMetadata: '{"seat":1}',
      participantAttributes: { colour: 'blue', mood: '' },
      agentName: 'cook',
      agentMetadata: 'no salt',
      deployment: 'staging',
    })
    expect(serverUrl).toBe('ws://127.0.0.1:7880')

    const claims = await verifier.verify(participantToken)
    expect(claims).toEqual({
      iss: 'devkey',
      sub: 'ada',
      nbf: expect.any(Number),
      exp: claims.nbf! + 900,
      name: 'Ada L.',
      metadata: '{"seat":1}',
      attributes: { colour: 'blue', mood: '' },
      video: {
        roomJoin: true,
        room: 'kitchen',
        canPublish: true,
        canSubscribe: true,
        canPublishData: true,
        canUpdateOwnMetadata: true,
      },
      roomConfig: { agents: [{ agentName: 'cook', metadata: 'no salt', deployment: 'staging' }] },
    })
    expect(decodeTokenPayload(participantToken).roomConfig?.agents).toMatchObject([
      { agentName: 'cook', metadata: 'no salt', deployment: 'staging' },
    ])
  })

  it('gets a room and an identity of the server’s invention when it asks for nothing', async () => {
    const source = TokenSource.endpoint(endpoint.url)
    const first = await verifier.verify((await source.fetch({}, true)).participantToken)
    const second = await verifier.verify((await source.fetch({}, true)).participantToken)
    expect(first.video?.room).toMatch(/^room-[a-z2-9]{8}$/)
    expect(first.sub).toMatch(/^user-[a-z2-9]{8}$/)
    expect(second.video?.room).not.toBe(first.video?.room)
    expect(second.sub).not.toBe(first.sub)
    expect(first).not.toHaveProperty('roomConfig')
    expect(first).not.toHaveProperty('attributes')
    expect(first).not.toHaveProperty('name')
  })
})

describe('the answer', () => {
  it('is 201 with the two standard fields, and is not to be stored', async () => {
    const reply = await post({})
    expect(reply.status).toBe(201)
    expect(reply.headers['content-type']).toBe('application/json')
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(Object.keys(reply.json())).toEqual(['server_url', 'participant_token'])
  })

  it.each([
    ['an empty body', ''],
    ['a body of white space', ' \n'],
    ['an empty object', '{}'],
    [
      'nothing but nulls and empty values',
      '{"room_name":"","participant_identity":null,"participant_attributes":{},"room_config":{"agents":[]}}',
    ],
    ['unknown fields', '{"tenant":7,"room_config":{"weather":"fine"}}'],
    ['a byte order mark', '\uFEFF{}'],
  ])('is a token with invented names for %s', async (_, body) => {
    const reply = await ask(endpoint.url, { body })
    expect(reply.status).toBe(201)
    const claims = decodeJwt<{ video: { room: string } }>(tokenOf(reply))
    expect(claims.video.room).toMatch(/^room-/)
    expect(claims).not.toHaveProperty('roomConfig')
  })

  it('is given at any path, whatever the content type, so that a proxy may stand before it', async () => {
    for (const path of ['/', '/api/token', '/token/', '//', '/%zz']) {
      const reply = await ask(endpoint.url, { path, headers: { 'Content-Type': 'text/plain' }, body: '{}' })
      expect(reply.status, path).toBe(201)
    }
  })

  it('turns the whole room configuration into the claim’s camelCase', async () => {
    const reply = await post({
      room_config: {
        name: 'big',
        empty_timeout: 60,
        departure_timeout: 0,
        max_participants: 4294967295,
        min_playout_delay: 10,
        max_playout_delay: 20,
        sync_streams: true,
        metadata: 'm',
        tags: { snake_case: 'kept' },
        agents: [{ agent_name: 'a', attributes: { snake_case: 'kept' } }, {}],
      },
    })
    expect(decodeJwt(tokenOf(reply)).roomConfig).toEqual({
      name: 'big',
      emptyTimeout: 60,
      maxParticipants: 4294967295,
      minPlayoutDelay: 10,
      maxPlayoutDelay: 20,
      syncStreams: true,
      metadata: 'm',
      tags: { snake_case: 'kept' },
      agents: [{ agentName: 'a', attributes: { snake_case: 'kept' } }, {}],
    })
    expect(decodeTokenPayload(tokenOf(reply)).roomConfig).toMatchObject({ name: 'big', syncStreams: true })
  })

  it('keeps an attribute that is called __proto__ an attribute', async () => {
    const reply = await ask(endpoint.url, { body: '{"participant_attributes":{"__proto__":"x"}}' })
    const { attributes } = decodeJwt<{ attributes: object }>(tokenOf(reply))
    expect(Object.entries(attributes)).toEqual([['__proto__', 'x']])
  })
})

describe('the token', () => {
  it('is HS256 with the claims of LiveKit’s JS SDK: nbf and exp in whole seconds, no iat, no jti', async () => {
    const clock = simulatedClock(START + 999)
    const local = await startTokenEndpoint({ clock })
    const token = tokenOf(await ask(local.url))
    await local.close()
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256' })
    expect(Object.keys(decodeJwt(token)).sort()).toEqual(['exp', 'iss', 'nbf', 'sub', 'video'])
    expect(decodeJwt(token)).toMatchObject({ nbf: START / 1000, exp: START / 1000 + 900 })
  })

  it('is signed with the key and names the server that the options give', async () => {
    const local = await startTokenEndpoint({ apiKey: 'k', apiSecret: 's', serverUrl: 'wss://rooms.example' })
    const reply = await ask(local.url)
    await local.close()
    expect(reply.json().server_url).toBe('wss://rooms.example')
    expect((await new TokenVerifier('k', 's').verify(tokenOf(reply))).iss).toBe('k')
    await expect(new TokenVerifier('k', 'x').verify(tokenOf(reply))).rejects.toThrow()
    await expect(verifier.verify(tokenOf(reply))).rejects.toThrow()
  })

  it('has names that come from `random`', async () => {
    const local = await startTokenEndpoint({ random: () => 0 })
    const claims = decodeJwt<{ video: { room: string } }>(tokenOf(await ask(local.url)))
    await local.close()
    expect([claims.video.room, claims.sub]).toEqual(['room-aaaaaaaa', 'user-aaaaaaaa'])
  })
})

describe('a wrong request', () => {
  it.each([
    ['the body must be JSON', '{'],
    ['the body must be JSON', 'room_name=A'],
    ['the body must be a JSON object', '[]'],
    ['the body must be a JSON object', 'null'],
    ['the body must be a JSON object', '"A"'],
    ['the body must be UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['room_name must be a string', '{"room_name":1}'],
    ['participant_name must be a string', '{"participant_name":{}}'],
    ['participant_identity must be a string', '{"participant_identity":["a"]}'],
    ['participant_metadata must be a string', '{"participant_metadata":{"a":1}}'],
    ['participant_attributes must be an object', '{"participant_attributes":[]}'],
    ['participant_attributes.age must be a string', '{"participant_attributes":{"age":36}}'],
    ['participant_attributes.age must be a string', '{"participant_attributes":{"age":null}}'],
    ['room_config must be an object', '{"room_config":"x"}'],
    ['room_config.max_participants must be a whole number', '{"room_config":{"max_participants":-1}}'],
    ['room_config.empty_timeout must be a whole number', '{"room_config":{"empty_timeout":4294967296}}'],
    ['room_config.sync_streams must be true or false', '{"room_config":{"sync_streams":1}}'],
    ['room_config.agents must be a list', '{"room_config":{"agents":{}}}'],
    ['room_config.agents[0] must be an object', '{"room_config":{"agents":[null]}}'],
    ['room_config.agents[0] must be an object', '{"room_config":{"agents":["cook"]}}'],
    ['room_config.agents[1].agent_name must be a string', '{"room_config":{"agents":[{},{"agent_name":2}]}}'],
    ['room_config.agents[0].deployment must be a string', '{"room_config":{"agents":[{"deployment":[]}]}}'],
  ])('is answered with 400: %s', async (message, body) => {
    const reply = await ask(endpoint.url, { body })
    expect(reply.status).toBe(400)
    expect(reply.headers['content-type']).toBe('application/json')
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(reply.json().error).toContain(message)
    expect(Object.keys(reply.json())).toEqual(['error'])
  })

  it('is answered with 413 when it is longer than any real one', async () => {
    const reply = await ask(endpoint.url, { body: JSON.stringify({ room_name: 'x'.repeat(600_000) }) })
    expect(reply.status).toBe(413)
    expect(reply.json().error).toContain('524288 bytes')
  })

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])(
    'is answered with 405 when it is a %s',
    async (method) => {
      const reply = await ask(endpoint.url, { method })
      expect(reply.status).toBe(405)
      expect(reply.headers.allow).toBe('POST, OPTIONS')
    },
  )

  it('is never repeated in the answer, since it may hold a token', async () => {
    const canary = 'eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.c2VjcmV0LWNhbmFyeQ'
    const wrong: [string, string][] = [
      ['', canary],
      ['', JSON.stringify({ room_name: [canary] })],
      ['', JSON.stringify({ participant_attributes: { [canary]: 1 } })],
      [`?${canary}`, '{}'],
      [`?ttl=${canary}`, '{}'],
      [`?body=${canary}`, '{}'],
    ]
    for (const [query, body] of wrong) {
      const headers = { Authorization: `Bearer ${canary}` }
      const reply = await ask(`${endpoint.url}${query}`, { body, headers })
      expect(reply.status).toBe(400)
      expect(JSON.stringify(reply.headers) + reply.text).not.toContain(canary.slice(0, 12))
    }
    const failed = await ask(`${endpoint.url}?status=500`, { body: JSON.stringify({ room_name: canary }) })
    expect(failed.text).not.toContain(canary.slice(0, 12))
  })
})

describe('a wrong option', () => {
  it.each([
    ['port', { port: 65_536 }],
    ['port', { port: 1.5 }],
    ['port', { port: '/tmp/pipe' as unknown as number }],
    ['serverUrl', { serverUrl: 'rooms.example' }],
    ['serverUrl', { serverUrl: 'ftp://rooms.example' }],
    ['apiKey', { apiKey: '' }],
    ['apiSecret', { apiSecret: '' }],
    ['latency', { faults: { latency: -1 } }],
  ])('rejects with a TypeError that names %s', async (name, options) => {
    await expect(startTokenEndpoint(options)).rejects.toThrow(TypeError)
    await expect(startTokenEndpoint(options)).rejects.toThrow(new RegExp(`^${name} must be`))
  })
})

describe('An option that is wrong', () => {
  it.each([
    ['options must be', null],
    ['port must be', { port: 70_000 }],
    ['serverUrl must be', { serverUrl: 'nowhere' }],
    ['apiKey must be', { apiKey: '' }],
    ['apiSecret must be', { apiSecret: 7 }],
    ['clock must be', { clock: {} }],
    ['clock must be', { clock: null }],
    ['random must be', { random: 0.5 }],
  ])('starts nothing: %s …', async (message, options) => {
    const started = startTokenEndpoint(options as unknown as TokenEndpointOptions)
    await expect(started).rejects.toThrow(new RegExp(`^${message}`))
    await expect(started).rejects.toThrow(TypeError)
  })
})
