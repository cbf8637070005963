import { LogLevel, Room, setLogLevel } from 'livekit-client'
import { type Credentials, TokenError, type TokenEvent } from 'livekit-token-store'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SERVER_URL } from '../../helpers/tokens'
import { type Make, ours, outcome, stopTime, tokenFor, upstream } from './side-by-side'

beforeEach(stopTime)
setLogLevel(LogLevel.silent)

/** Answers the one first, and well from then on. */
const firstly = (answer: unknown) => {
  const answers = [answer]
  return () => (answers.length > 0 ? (answers.pop() as Credentials) : tokenFor({}))
}

const malformedRoomConfig = () => tokenFor({}, { claims: { roomConfig: { agents: 'none' } } })

describe('upstream hands over what it was given, and the store checks it', () => {
  it.each([
    ['an empty object', {}],
    ['an error', { error: 'Unauthorised.' }],
    ['empty texts', { serverUrl: '', participantToken: '' }],
  ])('%s: it resolves, without a URL or a token', async (_, answer) => {
    const bad = async (make: Make) => outcome(make(() => answer as never).fetch({}))
    expect(await bad(upstream)).toEqual({})
    const refused = await bad(ours)
    expect(refused).toBeInstanceOf(TokenError)
    expect(refused).toMatchObject({ code: 'invalid-response' })
  })

  it('with such an answer Room.connect breaks the room for good: its disconnect never ends', async () => {
    // As much of WebRTC as the room looks for.
    vi.stubGlobal(
      'RTCPeerConnection',
      class {
        addTrack() {}
      },
    )
    const connectAndLeave = async (make: Make) => {
      const room = new Room()
      const { fetch } = make(() => ({}) as never)
      const connecting = fetch({}).then((given) => room.connect(given.serverUrl, given.participantToken))
      expect(await outcome(connecting)).toBeInstanceOf(Error)
      return outcome(room.disconnect(), 3_600_000)
    }
    expect(await connectAndLeave(upstream)).toBe('pending')
    expect(await connectAndLeave(ours)).toBeUndefined()
    vi.unstubAllGlobals()
  })

  it('a text that is no token poisons the cache: all later fetches fail though the endpoint is well again', async () => {
    const afterwards = async (make: Make) => {
      const { fetch } = make(firstly({ serverUrl: SERVER_URL, participantToken: 'not a token' }))
      await outcome(fetch({}))
      return outcome(fetch({}))
    }
    expect(await afterwards(upstream)).toMatchObject({ name: 'JWTInvalid' })
    expect(await afterwards(ours)).toHaveProperty('participantToken')
  })

  it('so does a token whose room configuration is malformed', async () => {
    const afterwards = async (make: Make) => {
      const { fetch } = make(firstly(malformedRoomConfig()))
      await outcome(fetch({}))
      return outcome(fetch({}))
    }
    expect(await afterwards(upstream)).toBeInstanceOf(Error)
    expect(await afterwards(ours)).toHaveProperty('participantToken')
  })

  it('a promise of another kind than the native resolves to nothing', async () => {
    const foreign = async (make: Make) => {
      const token = tokenFor({})
      // biome-ignore lint/suspicious/noThenProperty: A thenable is what is tested.
      const thenable = { then: (done: (value: Credentials) => void) => done(token) }
      const { fetch } = make(() => thenable as PromiseLike<Credentials>)
      return { token, answer: await outcome(fetch({})) }
    }
    expect((await foreign(upstream)).answer).toEqual({})
    const { token, answer } = await foreign(ours)
    expect(answer).toEqual(token)
  })

  it('a token that is expired on arrival is handed over without a word; by the store once, never cached, and told', async () => {
    const expired = () => tokenFor({}, { issuedAt: Date.now() - 900_000 })
    const theirs = upstream(expired)
    expect(await outcome(theirs.fetch({}))).toEqual(expired())
    const { fetch, store } = ours(expired)
    const events: TokenEvent['type'][] = []
    store.events$.subscribe(({ type }) => events.push(type))
    expect(await outcome(fetch({}))).toEqual(expired())
    expect(events).toContain('expired-on-arrival')
    expect(store.getSnapshot()).toMatchObject({ status: 'idle', token: null })
  })
})
