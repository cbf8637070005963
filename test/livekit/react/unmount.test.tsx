// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { byHand } from '../../helpers/fetcher'
import { settled, unhandledDuring } from './render'
import { mountSession, muteWarnings, ours, type Side, upstream } from './setup'

const HOUR = 3_600_000

/** A session that starts while the token for it is on its way. */
async function starting<Given extends Side>(side: Given) {
  const warn = muteWarnings()
  side.endpoint.next(byHand)
  const session = await mountSession(side.source)
  const controller = new AbortController()
  const call = await session.start(controller.signal)
  expect(call.outcome).toBe('pending')
  expect(side.endpoint.calls).toHaveLength(1)
  const answer = async () => {
    side.endpoint.call(1).succeed()
    await settled()
  }
  return { ...side, session, call, controller, answer, warn }
}

describe('useSession, unmounted while the token of its start is on its way', () => {
  it.each<[string, () => Side]>([
    ["upstream's source", upstream],
    ["the store's source, as nobody tells it", ours],
  ])('connects all the same when it comes, with %s', async (_, make) => {
    const { session, answer } = await starting(make())
    await session.unmount()
    await answer()
    expect(session.room.state).toBe('connected')
    await session.dropped()
  })

  it('connects nothing when the store is disposed of: the start rejects, and the attempt is aborted', async () => {
    const { session, store, endpoint, call, answer } = await starting(ours())
    const unhandled = await unhandledDuring(async () => {
      store.dispose()
      await session.unmount()
      await answer()
    })
    expect(call.outcome).toMatchObject({ name: 'TokenError', code: 'disposed' })
    expect(endpoint.call(1).context.signal.aborted).toBe(true)
    expect(session.room.connects).toEqual([])
    expect(unhandled).toEqual([])
  })

  it('tells of the prefetch that was cut short by a warning, and by nothing else', async () => {
    const { store, warn } = await starting(ours())
    store.dispose()
    await settled()
    expect(warn.mock.calls).toEqual([
      ['WARNING: Room.prepareConnection failed:', expect.objectContaining({ code: 'disposed' })],
    ])
  })
})

describe('useSession, whose start is aborted while its token is on its way', () => {
  it('connects all the same when it comes', async () => {
    const { session, controller, call, answer } = await starting(ours())
    controller.abort()
    await settled()
    expect(call.outcome).toBe('pending')
    await answer()
    expect(session.room.state).toBe('connected')
  })
})

describe('useSession, ended while the token of its start is on its way', () => {
  it('connects all the same when it comes, with the token that the end has forced', async () => {
    const { session, endpoint, call } = await starting(ours())
    await session.end()
    expect(call.outcome).toBe('connected')
    expect(endpoint.calls.map(({ context }) => context.reason)).toEqual(['initial', 'forced'])
  })

  it('connects nothing when the store is disposed of first', async () => {
    const { session, store, call, answer } = await starting(ours())
    store.dispose()
    await unhandledDuring(() => session.end())
    await answer()
    expect(call.outcome).toMatchObject({ code: 'disposed' })
    expect(session.room.connects).toEqual([])
  })
})

describe('A store whose session is connected', () => {
  async function connected() {
    const side = ours()
    const session = await mountSession(side.source)
    expect(await session.started()).toBe('connected')
    return { ...side, session }
  }

  it('is disposed of after the room is disconnected: the forced fetch that is cut short gets the kept token', async () => {
    const { session, store, endpoint } = await connected()
    endpoint.next(byHand)
    const unhandled = await unhandledDuring(async () => {
      await session.dropped()
      expect(endpoint.call(2).context.force).toBe(true)
      store.dispose()
      await session.unmount()
    })
    expect(unhandled).toEqual([])
  })

  it('and is disposed of before that, leaves the hook’s forced fetch rejected with nobody to catch it', async () => {
    const { session, store } = await connected()
    const unhandled = await unhandledDuring(async () => {
      store.dispose()
      await session.unmount()
    })
    expect(unhandled).toEqual([expect.objectContaining({ code: 'disposed' })])
  })
})

describe('useSession, unmounted', () => {
  it('observes nothing: the token runs out unrenewed, and no timer is left', async () => {
    const { source, endpoint, clock, store } = ours()
    const session = await mountSession(source)
    await session.unmount()
    await clock.advance(HOUR)
    expect(endpoint.calls).toHaveLength(1)
    expect(store.getSnapshot().status).toBe('idle')
    expect(clock.pending).toBe(0)
  })

  it('leaves no timer from the moment on that the store is disposed of', async () => {
    const { source, clock, store } = ours()
    const session = await mountSession(source)
    expect(clock.pending).toBe(1)
    await session.unmount()
    store.dispose()
    expect(clock.pending).toBe(0)
  })
})
