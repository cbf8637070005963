import { describe, expect, it } from 'vitest'
import { disposed, failureOf, isRefusedStatus, timedOut } from '../src/failure'
import { InvalidResponse } from '../src/invalid-response'
import { httpError } from './helpers/fetcher'
import { signToken } from './helpers/tokens'

const of = (error: unknown) => failureOf(error, isRefusedStatus)

describe('A fetcher’s error', () => {
  it.each([
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [422, 'refused'],
    [402, 'fetch-failed'],
    [408, 'fetch-failed'],
    [425, 'fetch-failed'],
    [429, 'rate-limited'],
    [500, 'fetch-failed'],
    [503, 'fetch-failed'],
  ])('with status %i is %s', (status, code) => {
    expect(of(httpError(status))).toMatchObject({ code, status })
    expect(of(httpError(status)).message).toContain(`status ${status}`)
  })

  it('keeps retryAt whatever it is, but for a refusal, and has no keys for what is absent', () => {
    expect(of(httpError(429, { retryAt: 7 }))).toMatchObject({ status: 429, retryAt: 7 })
    expect(of(httpError(503, { retryAt: 7 }))).toMatchObject({ status: 503, retryAt: 7 })
    expect(of(httpError(403, { retryAt: 7 }))).not.toHaveProperty('retryAt')
    expect(Object.keys(of(new Error('gone'))).sort()).toEqual(['code', 'message'])
  })

  it.each(['503', Number.NaN, Number.POSITIVE_INFINITY, null, {}])(
    'with %j as status or retryAt has none',
    (value) => {
      const failure = of(Object.assign(new Error(), { status: value, retryAt: value }))
      expect(Object.keys(failure).sort()).toEqual(['code', 'message'])
      expect(failure.code).toBe('fetch-failed')
    },
  )

  it.each([
    ['an Error', new TypeError('secret'), 'TypeError'],
    ['a string', 'secret', 'an unnamed error'],
    ['nothing', undefined, 'an unnamed error'],
    ['null', null, 'an unnamed error'],
    ['a name that is a sentence', { name: 'the token secret' }, 'an unnamed error'],
    ['a name that is a token', { name: signToken({ issuedAt: 0 }) }, 'an unnamed error'],
    ['a name of 40 letters', { name: 'a'.repeat(40) }, 'a'.repeat(40)],
    ['a name of 41 letters', { name: 'a'.repeat(41) }, 'an unnamed error'],
    ['no text for a name', { name: 7 }, 'an unnamed error'],
  ])('that is %s is called by no more than its class name', (_what, error, said) => {
    const { code, message } = of(error)
    expect(code).toBe('fetch-failed')
    expect(message).toContain(`(${said})`)
    expect(message).not.toContain('secret')
  })

  it('whose properties throw is an unnamed error', () => {
    const trap = new Proxy(
      {},
      {
        get() {
          throw new Error('no')
        },
      },
    )
    expect(() => isRefusedStatus(trap)).not.toThrow()
  })

  it('that is an invalid response says what was wrong in its own words, and isRefused is not asked', () => {
    const asked: unknown[] = []
    const failure = failureOf(new InvalidResponse('No serverUrl.'), (error) => asked.push(error) > 0)
    expect(failure).toEqual({ code: 'invalid-response', message: 'No serverUrl.' })
    expect(asked).toEqual([])
  })
})

describe('isRefused', () => {
  it('gets the fetcher’s own error, and decides before the status does', () => {
    const error = httpError(429)
    const asked: unknown[] = []
    const decide = (given: unknown) => {
      asked.push(given)
      return true
    }
    expect(failureOf(error, decide).code).toBe('refused')
    expect(asked).toEqual([error])
    expect(failureOf(httpError(403), () => false).code).toBe('fetch-failed')
  })

  it('refuses nothing by throwing, or by what is no true', () => {
    const throwing = () => {
      throw new Error('no')
    }
    expect(failureOf(httpError(500), throwing).code).toBe('fetch-failed')
    expect(failureOf(httpError(500), () => 'yes' as never).code).toBe('fetch-failed')
  })
})

describe('Our own failures', () => {
  it('say what happened and what to do', () => {
    expect(timedOut(1_234)).toEqual({
      code: 'timeout',
      message: expect.stringMatching(/1234 ms.*"attemptTimeoutMs"/),
    })
    expect(disposed).toEqual({ code: 'disposed', message: expect.stringContaining('create a new one') })
  })
})
