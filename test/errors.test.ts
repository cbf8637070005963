import { describe, expect, it } from 'vitest'
import { TokenError } from '../src/errors'

describe('TokenError', () => {
  it('is an Error with the failure’s code and message', () => {
    const error = new TokenError({ code: 'timeout', message: 'Too late.' })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'TokenError', code: 'timeout', message: 'Too late.' })
  })

  it('has status, retryAt and cause only when they are given', () => {
    const bare = new TokenError({ code: 'timeout', message: 'Too late.' })
    for (const key of ['status', 'retryAt', 'cause']) expect(key in bare).toBe(false)
    const cause = { any: 'thing' }
    const full = new TokenError({ code: 'rate-limited', message: '', status: 429, retryAt: 0 }, { cause })
    expect(full).toMatchObject({ status: 429, retryAt: 0 })
    expect(full.cause).toBe(cause)
  })

  it('has no cause among what is enumerated or made JSON', () => {
    const error = new TokenError({ code: 'refused', message: 'No.' }, { cause: 'secret' })
    expect(JSON.stringify(error)).not.toContain('secret')
    expect(Object.keys(error)).not.toContain('cause')
    expect(error.stack).not.toContain('secret')
  })
})
