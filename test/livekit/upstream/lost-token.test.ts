import type { TokenRequest } from 'livekit-token-store'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Make, ours, outcome, refusal, roomOf, stopTime, tokenFor, upstream } from './side-by-side'

beforeEach(stopTime)

describe('upstream loses a good token, and the store does not', () => {
  it('when a forced fetch fails: the next fetch has nothing', async () => {
    const afterForced = async (make: Make) => {
      let up = true
      const { fetch } = make(async (request) => {
        if (up) return tokenFor(request)
        throw new Error('Down.')
      })
      const first = await fetch({})
      up = false
      await outcome(fetch({}, true))
      return { first, next: await outcome(fetch({})) }
    }
    expect((await afterForced(upstream)).next).toEqual(new Error('Down.'))
    const { first, next } = await afterForced(ours)
    expect(next).toEqual(first)
  })

  it('when a forced fetch for another room fails: the first room asks anew', async () => {
    const callsForA = async (make: Make) => {
      const candidate = make(async (request: TokenRequest) => {
        if (request.roomName === 'B') throw refusal()
        return tokenFor(request)
      })
      await candidate.fetch({ roomName: 'A' })
      await outcome(candidate.fetch({ roomName: 'B' }, true))
      const before = candidate.calls
      expect(roomOf(await candidate.fetch({ roomName: 'A' }))).toBe('A')
      return candidate.calls - before
    }
    expect(await callsForA(upstream)).toBe(1)
    expect(await callsForA(ours)).toBe(0)
  })
})
