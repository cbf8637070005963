// @vitest-environment jsdom
import { useSession } from '@livekit/components-react'
import { TokenSourceConfigurable } from 'livekit-client'
import type { TokenRequest } from 'livekit-token-store'
import { describe, expect, it, vi } from 'vitest'
import { OfflineRoom } from './offline-room'
import { render } from './render'
import { mountSession, ours, readToken, type Side, upstream } from './setup'

const bothKinds: [string, () => Side][] = [
  ["upstream's source", upstream],
  ["the store's source", ours],
]

/** As components write them: a new object at each render. */
const inline = (): TokenRequest => ({ roomName: 'A', participantAttributes: { role: 'host' } })

describe('useSession, when it mounts', () => {
  it.each(bothKinds)('prefetches one token of %s, and prepares the connection with it', async (_, make) => {
    const { source, endpoint } = make()
    const { room } = await mountSession(source, inline)
    expect(endpoint.calls.map(({ request }) => request)).toEqual([inline()])
    expect(room.prepared.map(readToken)).toEqual([{ room: 'A', call: 1 }])
  })

  it.each(bothKinds)('asks the endpoint of %s once in StrictMode, which mounts it twice', async (_, make) => {
    const { source, endpoint } = make()
    const { room } = await mountSession(source, inline, { strict: true })
    expect(room.prepared).toHaveLength(2)
    expect(endpoint.calls).toHaveLength(1)
  })

  it('takes the store’s source for a configurable one: it hands over its options, and force when it ends', async () => {
    const { source, endpoint } = ours()
    expect(source).toBeInstanceOf(TokenSourceConfigurable)
    const fetch = vi.spyOn(source, 'fetch')
    const session = await mountSession(source, inline)
    await session.start()
    await session.end()
    expect(fetch.mock.calls).toEqual([
      [inline(), undefined],
      [inline(), undefined],
      [inline(), true],
    ])
    expect(endpoint.calls.map(({ context }) => context.force)).toEqual([false, true])
  })

  it('hands neither to what only looks like a source, which is why the store’s is a real one', async () => {
    const { source } = ours()
    const fetch = vi.fn((...given: unknown[]) => source.fetch(...(given as Parameters<typeof source.fetch>)))
    const room = new OfflineRoom()
    function Session() {
      useSession({ fetch } as unknown as TokenSourceConfigurable, { roomName: 'A', room })
      return null
    }
    await render(<Session />)
    expect(fetch.mock.calls).toEqual([[]])
  })
})

describe('useSession, given an option that LiveKit does not know', () => {
  it('throws as it mounts, whatever its source, though the store would take it', async () => {
    const { source, store } = ours()
    const request = { tenant: 't' }
    const mounting = mountSession(source, () => request)
    await expect(mounting).rejects.toThrow('Options key tenant not being checked for equality!')
    expect(readToken((await store.fetch(request)).participantToken)).toEqual({ room: 'A', call: 1 })
  })
})

describe('useSession, when it renders again', () => {
  it.each(bothKinds)('asks %s for nothing by itself', async (_, make) => {
    const { source, endpoint } = make()
    const session = await mountSession(source, inline)
    for (let times = 0; times < 3; times += 1) await session.rerender()
    expect(endpoint.calls).toHaveLength(1)
  })

  it('with equal inline attributes, starts with the token in hand, where upstream asks for another', async () => {
    const startAfterRender = async ({ source, endpoint }: Side) => {
      const session = await mountSession(source, inline)
      await session.rerender()
      expect(await session.started()).toBe('connected')
      expect(session.room.connects.map(readToken)).toEqual([{ room: 'A', call: endpoint.calls.length }])
      return endpoint.calls.length
    }
    expect(await startAfterRender(upstream())).toBe(2)
    expect(await startAfterRender(ours())).toBe(1)
  })
})
