import type { TokenRequest } from 'livekit-token-store'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Make, ours, outcome, stopTime, tokenFor, upstream } from './side-by-side'

beforeEach(stopTime)

const fiftyMs = async (request: TokenRequest) => {
  await new Promise((resolve) => setTimeout(resolve, 50))
  return tokenFor(request)
}

describe('upstream makes one call after another, and the store shares calls or runs them side by side', () => {
  it('four forced fetches at once are four calls and four tokens, as when useSession left four listeners', async () => {
    const stampede = async (make: Make) => {
      const candidate = make(fiftyMs)
      await outcome(candidate.fetch({}), 50)
      const before = candidate.calls
      await outcome(Promise.all(Array.from({ length: 4 }, () => candidate.fetch({}, true))), 1_000)
      return candidate.calls - before
    }
    expect(await stampede(upstream)).toBe(4)
    expect(await stampede(ours)).toBe(1)
  })

  it('four rooms at once wait for each other', async () => {
    const fourRooms = (make: Make) => {
      const { fetch } = make(fiftyMs)
      return outcome(Promise.all([...'ABCD'].map((roomName) => fetch({ roomName }))), 50)
    }
    expect(await fourRooms(upstream)).toBe('pending')
    expect(await fourRooms(ours)).toHaveLength(4)
  })

  it('ten fetches of a failing endpoint are ten calls, and one shared series of attempts', async () => {
    const failures = async (make: Make) => {
      const candidate = make(async () => {
        throw new Error('Down.')
      })
      const ten = Array.from({ length: 10 }, () => outcome(candidate.fetch({}), 120_000))
      for (const failure of await Promise.all(ten)) expect(failure).toBeInstanceOf(Error)
      return candidate.calls
    }
    expect(await failures(upstream)).toBe(10)
    expect(await failures(ours)).toBe(4)
  })

  it('a fetch that fails once is not tried again', async () => {
    const hiccup = (make: Make) => {
      let failed = false
      const { fetch } = make(async (request) => {
        if (failed) return tokenFor(request)
        failed = true
        throw new Error('A hiccup.')
      })
      return outcome(fetch({}), 60_000)
    }
    expect(await hiccup(upstream)).toEqual(new Error('A hiccup.'))
    expect(await hiccup(ours)).toHaveProperty('participantToken')
  })
})
