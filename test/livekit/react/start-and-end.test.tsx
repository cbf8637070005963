// @vitest-environment jsdom
import { DisconnectReason } from 'livekit-client'
import { describe, expect, it } from 'vitest'
import { failure, token } from '../../helpers/fetcher'
import { unhandledDuring } from './render'
import { mountSession, muteWarnings, ours, readToken, type Side, upstream } from './setup'

type Session = Awaited<ReturnType<typeof mountSession>>

/** The ends at which the hook forces a fetch that it neither awaits nor catches. */
const ends: [string, (session: Session) => Promise<void>][] = [
  ['the user ends it', (session) => session.end()],
  ['the server ends it', (session) => session.dropped(DisconnectReason.SERVER_SHUTDOWN)],
  ['it is unmounted', (session) => session.unmount()],
]

describe('useSession, when it starts', () => {
  it('connects with the token that was prefetched, without another call', async () => {
    const { source, endpoint } = ours()
    const session = await mountSession(source)
    expect(await session.started()).toBe('connected')
    expect(session.room.connects).toEqual(session.room.prepared)
    expect(endpoint.calls).toHaveLength(1)
  })

  it('connects with the token that the store has replaced meanwhile, where upstream would hold on to its own', async () => {
    const { source, store } = ours()
    const session = await mountSession(source)
    const { participantToken } = await store.refresh()
    expect(await session.started()).toBe('connected')
    expect(session.room.connects).toEqual([participantToken])
  })

  it('after an end connects with the token that was forced, so that agents are dispatched anew', async () => {
    const { source, endpoint } = ours()
    const session = await mountSession(source)
    await session.start()
    await session.end()
    expect(await session.started()).toBe('connected')
    expect(session.room.connects.map((token) => readToken(token).call)).toEqual([1, 2])
    expect(endpoint.calls.map(({ context }) => context.reason)).toEqual(['initial', 'forced'])
  })
})

describe.each(ends)('useSession, when %s and the endpoint is down', (_, endWith) => {
  /** What nobody caught meanwhile, and what the next session comes to while the endpoint is still down. */
  async function leave({ source, endpoint }: Side) {
    muteWarnings()
    const session = await mountSession(source)
    expect(await session.started()).toBe('connected')
    endpoint.usually(failure(503, { message: 'Down.' }))
    const unhandled = await unhandledDuring(() => endWith(session))
    expect(session.room.state).toBe('disconnected')
    const next = await mountSession(source)
    const outcome = await next.started()
    endpoint.usually(token())
    return { unhandled, outcome, connectedWith: next.room.connects.map(readToken) }
  }

  it('upstream leaves an unhandled rejection and loses the good token, so that nothing starts', async () => {
    const { unhandled, outcome, connectedWith } = await leave(upstream())
    expect(unhandled).toEqual([expect.objectContaining({ message: 'Down.' })])
    expect(outcome).toMatchObject({ message: 'Down.' })
    expect(connectedWith).toEqual([])
  })

  it('the store leaves none, keeps the token, shows the error in its state, and the next start connects', async () => {
    const side = ours()
    const shown: string[] = []
    side.store.state$.subscribe(({ status, token, error }) =>
      shown.push(`${status}, token ${token?.ordinal ?? 'none'}, ${error?.code ?? 'no error'}`),
    )
    const { unhandled, outcome, connectedWith } = await leave(side)
    expect(unhandled).toEqual([])
    expect(shown).toContain('valid, token 1, fetch-failed')
    expect(outcome).toBe('connected')
    expect(connectedWith).toEqual([{ room: 'A', call: 1 }])
  })

  it("the store with onForcedFailure: 'reject' lets the rejection be seen, and keeps the token all the same", async () => {
    const { unhandled, outcome, connectedWith } = await leave(ours({ onForcedFailure: 'reject' }))
    expect(unhandled).toEqual([expect.objectContaining({ name: 'TokenError', code: 'fetch-failed' })])
    expect(outcome).toBe('connected')
    expect(connectedWith).toEqual([{ room: 'A', call: 1 }])
  })
})

describe('useSession, when starts have failed before', () => {
  /** How often a disconnect makes it ask the endpoint after three starts that failed and one that did not. */
  async function forcedCalls({ source, endpoint }: Side) {
    muteWarnings()
    endpoint.next(failure(403), failure(403), failure(403), failure(403))
    const session = await mountSession(source)
    for (let times = 0; times < 3; times += 1) expect(await session.started()).toBeInstanceOf(Error)
    expect(await session.started()).toBe('connected')
    const before = endpoint.calls.length
    await session.dropped(DisconnectReason.SERVER_SHUTDOWN)
    return endpoint.calls.length - before
  }

  it('a disconnect is four calls of upstream’s, one for each listener that was left, and one of the store’s', async () => {
    expect(await forcedCalls(upstream())).toBe(4)
    expect(await forcedCalls(ours())).toBe(1)
  })
})
