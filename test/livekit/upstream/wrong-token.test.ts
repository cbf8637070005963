import type { TokenRequest } from 'livekit-token-store'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  attributesOf,
  type Make,
  ours,
  outcome,
  refusal,
  roomOf,
  stopTime,
  tokenFor,
  upstream,
} from './side-by-side'

beforeEach(stopTime)

/** Answers each request, but refuses the first one for room B. */
const refusingBOnce = () => {
  let refuse = true
  return async (request: TokenRequest) => {
    if (request.roomName !== 'B' || !refuse) return tokenFor(request)
    refuse = false
    throw refusal()
  }
}

describe("upstream hands out another request's token, and the store does not", () => {
  it('after a fetch for room B failed, the next one for B gets the token of room A', async () => {
    const secondB = async (make: Make) => {
      const { fetch } = make(refusingBOnce())
      await fetch({ roomName: 'A' })
      await outcome(fetch({ roomName: 'B' }))
      return roomOf(await outcome(fetch({ roomName: 'B' })))
    }
    expect(await secondB(upstream)).toBe('A')
    expect(await secondB(ours)).toBe('B')
  })

  it("after that, room A's own good token is asked for again", async () => {
    const callsForA = async (make: Make) => {
      const candidate = make(refusingBOnce())
      await candidate.fetch({ roomName: 'A' })
      await outcome(candidate.fetch({ roomName: 'B' }))
      const before = candidate.calls
      await candidate.fetch({ roomName: 'A' })
      return candidate.calls - before
    }
    expect(await callsForA(upstream)).toBe(1)
    expect(await callsForA(ours)).toBe(0)
  })

  it('an options object that is changed after the fetch gets the token of what it was', async () => {
    const afterChange = async (make: Make) => {
      const { fetch } = make(tokenFor)
      const options = { roomName: 'A' }
      await fetch(options)
      options.roomName = 'B'
      return roomOf(await outcome(fetch(options)))
    }
    expect(await afterChange(upstream)).toBe('A')
    expect(await afterChange(ours)).toBe('B')
  })

  it('attributes that are changed in place are not noticed', async () => {
    const afterChange = async (make: Make) => {
      const { fetch } = make(tokenFor)
      const participantAttributes = { role: 'guest' }
      await fetch({ participantAttributes })
      participantAttributes.role = 'host'
      return attributesOf(await outcome(fetch({ participantAttributes })))
    }
    expect(await afterChange(upstream)).toEqual({ role: 'guest' })
    expect(await afterChange(ours)).toEqual({ role: 'host' })
  })
})
