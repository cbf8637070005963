import { describe, expect, it } from 'vitest'
import { scrubToken } from '../../src/livekit/scrub-token'
import { signToken } from '../helpers/tokens'

const token = signToken({ issuedAt: 0 })
const quoting = `The server said: ${token}`
const scrubbed = 'The server said: [token]'

describe('A token in what was thrown is replaced', () => {
  it('in a message, a stack, a cause and a context, and the error stays the same', () => {
    const error = Object.assign(new Error(quoting, { cause: new Error(quoting) }), {
      context: { message: quoting },
    })
    expect(scrubToken(error, [token])).toBe(error)
    expect(error).toMatchObject({
      message: scrubbed,
      cause: { message: scrubbed },
      context: { message: scrubbed },
    })
    expect(error.stack).not.toContain(token)
  })

  it('in a DOMException, whose message nobody can set', () => {
    const error = new DOMException(quoting, 'AbortError')
    expect(scrubToken(error, [token])).toBe(error)
    expect(error).toMatchObject({ name: 'AbortError', message: scrubbed })
    expect(error.stack).not.toContain(token)
  })

  it('in each error of an AggregateError, and in texts of a list', () => {
    const error = new AggregateError([new Error(quoting), quoting], quoting)
    scrubToken(error, [token])
    expect(error.message).toBe(scrubbed)
    expect(error.errors).toEqual([expect.objectContaining({ message: scrubbed }), scrubbed])
  })

  it('in a text that was thrown', () => {
    expect(scrubToken(quoting, [token])).toBe(scrubbed)
  })

  it('in one that causes itself, and of more tokens than one', () => {
    const error = new Error(`${token} and another`)
    error.cause = error
    scrubToken(error, [token, 'another', ''])
    expect(error.message).toBe('[token] and [token]')
  })

  it('in nothing else: what is frozen, or no object, comes back as it is', () => {
    const frozen = Object.freeze({ message: 'no token' })
    expect(scrubToken(frozen, [token])).toBe(frozen)
    expect(scrubToken(undefined, [token])).toBeUndefined()
    expect(() => scrubToken(Object.freeze({ message: quoting }), [token])).not.toThrow()
  })
})
