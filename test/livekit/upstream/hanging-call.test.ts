import { TokenSource } from 'livekit-client'
import type { TokenRequest } from 'livekit-token-store'
import { fromTokenSource } from 'livekit-token-store/livekit'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Make, ours, outcome, roomOf, stopTime, tokenFor, upstream } from './side-by-side'

beforeEach(stopTime)

const HOUR = 3_600_000

const hangingForB = (request: TokenRequest) =>
  request.roomName === 'B' ? new Promise<never>(() => {}) : Promise.resolve(tokenFor(request))

describe('a call that never settles blocks upstream for ever, and the store not', () => {
  it('a fetch for another room never settles either', async () => {
    const other = async (make: Make) => {
      const { fetch } = make(hangingForB)
      void outcome(fetch({ roomName: 'B' }))
      return outcome(fetch({ roomName: 'A' }), HOUR)
    }
    expect(await other(upstream)).toBe('pending')
    expect(roomOf(await other(ours))).toBe('A')
  })

  it('nor does a forced one', async () => {
    const forced = async (make: Make) => {
      const { fetch } = make(hangingForB)
      void outcome(fetch({ roomName: 'B' }))
      return outcome(fetch({ roomName: 'A' }, true), HOUR)
    }
    expect(await forced(upstream)).toBe('pending')
    expect(roomOf(await forced(ours))).toBe('A')
  })

  it('nor does one whose good token is there', async () => {
    const cached = async (make: Make) => {
      const { fetch } = make(hangingForB)
      await fetch({ roomName: 'A' })
      void outcome(fetch({ roomName: 'B' }))
      return outcome(fetch({ roomName: 'A' }))
    }
    expect(await cached(upstream)).toBe('pending')
    expect(roomOf(await cached(ours))).toBe('A')
  })

  it('nor does the same fetch, though the next call would answer', async () => {
    const same = async (make: Make) => {
      let first = true
      const { fetch } = make((request) => {
        if (!first) return tokenFor(request)
        first = false
        return new Promise<never>(() => {})
      })
      return outcome(fetch({}), HOUR)
    }
    expect(await same(upstream)).toBe('pending')
    expect(await same(ours)).toHaveProperty('participantToken')
  })

  it('and a store over such a source of upstream does not hang with it', async () => {
    let first = true
    const source = TokenSource.custom((options) => {
      if (!first) return tokenFor(options) as never
      first = false
      return new Promise<never>(() => {})
    })
    const { fetch } = ours(fromTokenSource(source))
    expect(await outcome(fetch({}), HOUR)).toHaveProperty('participantToken')
  })
})
