// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { failure, token, value } from '../../helpers/fetcher'
import { SERVER_URL } from '../../helpers/tokens'
import { mountSession, muteWarnings, ours, readToken, type Side, upstream } from './setup'

const roomA = () => ({ roomName: 'A' })
const roomB = () => ({ roomName: 'B' })

describe('useSession, when its options change', () => {
  it('asks for nothing, and the next start connects with the new request’s token', async () => {
    const { source, endpoint } = ours()
    const session = await mountSession(source, roomA)
    await session.rerender(roomB())
    expect(endpoint.calls).toHaveLength(1)
    expect(await session.started()).toBe('connected')
    expect(session.room.connects.map(readToken)).toEqual([{ room: 'B', call: 2 }])
  })

  it('and back again, connects with the token that room A has still, where upstream asks for another', async () => {
    const thereAndBack = async ({ source, endpoint }: Side) => {
      const session = await mountSession(source, roomA)
      await session.rerender(roomB())
      expect(await session.started()).toBe('connected')
      await session.end()
      await session.rerender(roomA())
      expect(await session.started()).toBe('connected')
      expect(session.room.connects.map((token) => readToken(token).room)).toEqual(['B', 'A'])
      // The mount, the first start and the end.
      return endpoint.calls.length - 3
    }
    expect(await thereAndBack(upstream())).toBe(1)
    expect(await thereAndBack(ours())).toBe(0)
  })

  it('and room B is refused, never connects with room A’s token, as upstream does at the second try', async () => {
    const startTwice = async ({ source, endpoint }: Side) => {
      const session = await mountSession(source, roomA)
      await session.rerender(roomB())
      endpoint.usually(failure(403, { message: 'Forbidden.' }))
      const outcomes = [await session.started(), await session.started()]
      endpoint.usually(token())
      return { outcomes, rooms: session.room.connects.map((token) => readToken(token).room) }
    }
    const refused = expect.objectContaining({ name: 'Error', message: 'Forbidden.' })
    expect(await startTwice(upstream())).toEqual({ outcomes: [refused, 'connected'], rooms: ['A'] })
    const ourRefusal = expect.objectContaining({ name: 'TokenError', code: 'refused', status: 403 })
    expect(await startTwice(ours())).toEqual({ outcomes: [ourRefusal, ourRefusal], rooms: [] })
  })
})

describe('useSession, when the endpoint answered nonsense at the mount and has recovered', () => {
  it.each([
    ['an error body', { error: 'Try again later.' }],
    ['something that is no token', { serverUrl: SERVER_URL, participantToken: 'Try again later.' }],
  ])('after %s it starts, where upstream fails at every start for good', async (_, nonsense) => {
    const startTwice = async ({ source, endpoint }: Side) => {
      const warn = muteWarnings()
      endpoint.next(value(nonsense))
      const session = await mountSession(source)
      const outcomes = [await session.started(), await session.started()]
      return { outcomes, warned: warn.mock.calls.flat(), calls: endpoint.calls.length }
    }
    const theirs = await startTwice(upstream())
    expect(theirs.outcomes).toEqual([expect.any(Error), expect.any(Error)])
    expect(theirs.calls).toBe(1)

    const { outcomes, warned } = await startTwice(ours())
    expect(warned).toEqual([expect.any(String), expect.objectContaining({ code: 'invalid-response' })])
    expect(String(warned[1])).not.toContain('Try again later.')
    expect(outcomes[0]).toBe('connected')
  })

  it('after a refusal it starts', async () => {
    const warn = muteWarnings()
    const { source, endpoint, store } = ours()
    endpoint.next(failure(403))
    const session = await mountSession(source)
    expect(store.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'refused' } })
    expect(warn).toHaveBeenCalledTimes(1)
    expect(await session.started()).toBe('connected')
    expect(store.getSnapshot()).toMatchObject({ status: 'valid', error: null })
  })
})
