import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readCredentials } from '../src/credentials'
import { InvalidResponse, isInvalidResponse } from '../src/invalid-response'
import { START } from './helpers/clock'
import { SERVER_URL, signToken } from './helpers/tokens'

const token = signToken({ issuedAt: START })
const withClaims = (claims: Record<string, unknown>) => ({
  serverUrl: SERVER_URL,
  participantToken: signToken({ issuedAt: START, claims }),
})

function failure(answer: unknown): InvalidResponse {
  try {
    readCredentials(answer)
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidResponse)
    return error as InvalidResponse
  }
  throw new Error('It was expected to throw.')
}

describe('readCredentials', () => {
  it('gives the credentials and the decoded claims', () => {
    const { credentials, claims } = readCredentials({ serverUrl: SERVER_URL, participantToken: token })
    expect(credentials).toEqual({ serverUrl: SERVER_URL, participantToken: token })
    expect(claims).toMatchObject({ sub: 'me', exp: START / 1000 + 600, video: { room: 'A' } })
  })

  it('takes snake_case keys, and prefers camelCase ones', () => {
    const snake = { server_url: SERVER_URL, participant_token: token }
    expect(readCredentials(snake).credentials).toEqual({ serverUrl: SERVER_URL, participantToken: token })
    expect(readCredentials({ ...snake, serverUrl: 'ws://other' }).credentials.serverUrl).toBe('ws://other')
  })

  it('drops unknown keys', () => {
    const answer = { serverUrl: SERVER_URL, participantToken: token, roomName: 'A', expiresAt: 1 }
    expect(Object.keys(readCredentials(answer).credentials)).toEqual(['serverUrl', 'participantToken'])
  })

  it.each(['ws://a', 'wss://a', 'http://a', 'https://a:7880/path'])(
    'takes the server URL %s',
    (serverUrl) => {
      expect(readCredentials({ serverUrl, participantToken: token }).credentials.serverUrl).toBe(serverUrl)
    },
  )

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['', 'an empty string'],
    [token, 'a string'],
    [7, 'a number'],
    [[token], 'an array'],
  ])('says that an answer which is no object is none, and what it is', (answer, words) => {
    expect(failure(answer).message).toContain(`answered ${words}`)
  })

  it.each([
    [undefined, 'no `serverUrl`'],
    ['', '`serverUrl` is an empty string'],
    [7, '`serverUrl` is a number'],
    ['rooms.example', '`serverUrl` is not an absolute URL'],
    ['wss://', '`serverUrl` is not an absolute URL'],
    ['ftp://rooms.example', '`serverUrl` must begin with'],
    ['javascript:alert(1)', '`serverUrl` must begin with'],
  ])('refuses the server URL %j', (serverUrl, words) => {
    expect(failure({ serverUrl, participantToken: token }).message).toContain(words)
  })

  it.each([
    [undefined, 'no `participantToken`'],
    ['', '`participantToken` is an empty string'],
    [{}, '`participantToken` is an object'],
    ['not.a.jwt', '`participantToken` is not a JWT'],
    [token.split('.').slice(0, 2).join('.'), '`participantToken` is not a JWT'],
    [`${token}.x.y`, '`participantToken` is not a JWT'],
  ])('refuses the token %j', (participantToken, words) => {
    expect(failure({ serverUrl: SERVER_URL, participantToken }).message).toContain(words)
  })

  it.each(['exp', 'iat', 'nbf'])('refuses a token whose `%s` is no number', (claim) => {
    expect(failure(withClaims({ [claim]: '1767225600' })).message).toContain(`\`${claim}\` claim is a string`)
    expect(failure(withClaims({ [claim]: null })).message).toContain(`\`${claim}\` claim is null`)
  })

  it.each(['exp', 'iat', 'nbf'])('refuses a token whose `%s` is in milliseconds, and says so', (claim) => {
    expect(failure(withClaims({ [claim]: START })).message).toContain(`\`${claim}\` claim is in milliseconds`)
  })

  it('takes a token that ends with the year 9999', () => {
    const exp = Date.UTC(9999, 11, 31) / 1000
    expect(readCredentials(withClaims({ exp })).claims.exp).toBe(exp)
  })

  it.each([null, 'all', ['roomJoin']])('refuses a token whose `video` claim is %j', (video) => {
    expect(failure(withClaims({ video })).message).toContain('`video` claim')
  })

  it.each([7, null, {}])('refuses a token whose `sub` claim is %j', (sub) => {
    expect(failure(withClaims({ sub })).message).toContain('`sub` claim')
  })

  it('takes a token without `video`, `exp` or `nbf`', () => {
    const bare = { video: undefined, exp: undefined, nbf: undefined }
    expect(readCredentials(withClaims(bare)).claims).toEqual({ iss: 'devkey', sub: 'me' })
  })

  it('repeats no part of what it refuses', () => {
    const canary = 'CANARYCANARYCANARY'
    const errors = [
      failure(canary),
      failure({ serverUrl: canary, participantToken: token }),
      failure({ serverUrl: `ftp://${canary}`, participantToken: token }),
      failure({ serverUrl: SERVER_URL, participantToken: canary }),
      failure({ serverUrl: SERVER_URL, participantToken: `${canary}.${canary}.${canary}` }),
      failure(withClaims({ exp: canary })),
      failure(withClaims({ video: canary })),
    ]
    expect(inspect(errors, { showHidden: true, depth: 9 })).not.toContain(canary)
  })
})

describe('isInvalidResponse', () => {
  it('knows an error of another copy of the module', () => {
    const foreign = Object.assign(new Error(), { [Symbol.for('livekit-token-store.invalid-response')]: true })
    expect(isInvalidResponse(foreign)).toBe(true)
    expect(isInvalidResponse(new InvalidResponse('Words.'))).toBe(true)
  })

  it.each([undefined, null, 'invalid', new Error('invalid')])('does not take %j for one', (other) => {
    expect(isInvalidResponse(other)).toBe(false)
  })
})
