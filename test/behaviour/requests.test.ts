import type { TokenRequest } from 'livekit-token-store'
import { describe, expect, it } from 'vitest'
import { settle } from '../helpers/clock'
import { byHand } from '../helpers/fetcher'
import { START, scene, watch } from './setup'

/** Whether the second request is served by the token of the first. */
async function same(first: TokenRequest | undefined, second: TokenRequest | undefined): Promise<boolean> {
  const { store, endpoint } = scene()
  await store.fetch(first)
  await store.fetch(second)
  return endpoint.calls.length === 1
}

describe('Two requests are the same', () => {
  it.each<[string, TokenRequest | undefined, TokenRequest | undefined]>([
    ['when neither asks for anything', undefined, {}],
    ['when their values are', { roomName: 'A', agentName: 'x' }, { roomName: 'A', agentName: 'x' }],
    [
      'whatever the order of their keys',
      { roomName: 'A', agentName: 'x' },
      { agentName: 'x', roomName: 'A' },
    ],
    [
      'when one says undefined where the other says nothing',
      { roomName: 'A', agentName: undefined },
      { roomName: 'A' },
    ],
    ['when one says undefined only', { roomName: undefined }, undefined],
    ['when one has empty attributes and the other none', { participantAttributes: {} }, {}],
    [
      'when their attributes are equal, inline',
      { participantAttributes: { a: '1', b: '2' } },
      { participantAttributes: { b: '2', a: '1' } },
    ],
    ['when their unknown keys are', { team: { name: 'x', of: [1, 2] } }, { team: { of: [1, 2], name: 'x' } }],
  ])('%s', async (_when, first, second) => {
    expect(await same(first, second)).toBe(true)
    expect(await same(second, first)).toBe(true)
  })
})

describe('Two requests differ', () => {
  it.each<[string, TokenRequest, TokenRequest]>([
    ['by the room', { roomName: 'A' }, { roomName: 'B' }],
    ['by a field', { roomName: 'A', participantName: 'x' }, { roomName: 'A', participantIdentity: 'x' }],
    ['by the deployment', { deployment: 'a' }, { deployment: 'b' }],
    ['by an empty string', { roomName: '' }, {}],
    ['by an attribute', { participantAttributes: { a: '1' } }, { participantAttributes: { a: '2' } }],
    ['by an attribute’s name', { participantAttributes: { a: '1' } }, { participantAttributes: { b: '1' } }],
    [
      'by one attribute more',
      { participantAttributes: { a: '1' } },
      { participantAttributes: { a: '1', b: '1' } },
    ],
    ['by an unknown key', { tenant: 'x' }, {}],
    ['by an unknown key’s value', { tenant: 'x' }, { tenant: 'y' }],
    ['by an unknown key’s type', { tenant: 1 }, { tenant: '1' }],
    ['deep within an unknown key', { team: { of: [1, 2] } }, { team: { of: [2, 1] } }],
    [
      'though a value imitates the other’s keys',
      { roomName: 'A","agentName":"x' },
      { roomName: 'A', agentName: 'x' },
    ],
  ])('%s', async (_by, first, second) => {
    expect(await same(first, second)).toBe(false)
  })
})

describe('An unknown key', () => {
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle
  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 3],
    ['NaN', Number.NaN],
    ['a bigint', 10n],
    ['a symbol', Symbol('s')],
    ['a function', () => 1],
    ['a date', new Date(START)],
    ['a map', new Map([['a', 1]])],
    ['an array', [1, [2, { a: undefined }]]],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['an object that contains itself', cycle],
  ])('may hold %s: it never throws, and makes a lifecycle', async (_what, odd) => {
    const { store, endpoint } = scene()
    await store.fetch()
    await store.fetch({ odd })
    store.lifecycle({ odd }).getSnapshot()
    store.invalidate({ odd })
    expect(endpoint.calls).toHaveLength(2)
    expect('odd' in endpoint.call(2).request).toBe(true)
  })

  it('reaches the fetcher as it is', async () => {
    const { store, endpoint } = scene()
    await store.fetch({ roomName: 'A', tenant: { id: 7, tags: ['x', null] } })
    expect(endpoint.call(1).request).toStrictEqual({ roomName: 'A', tenant: { id: 7, tags: ['x', null] } })
  })
})

describe('A request', () => {
  it('reaches the fetcher as it was first given, not normalised', async () => {
    const { store, endpoint } = scene()
    const first = { roomName: 'A', agentName: undefined, participantAttributes: {} }
    await store.fetch(first)
    store.invalidate({ roomName: 'A' })
    await store.fetch({ roomName: 'A' })
    for (const { request } of endpoint.calls) {
      expect(request).toStrictEqual({ roomName: 'A', agentName: undefined, participantAttributes: {} })
      expect(Object.keys(request)).toEqual(['roomName', 'agentName', 'participantAttributes'])
      expect(request).not.toBe(first)
    }
  })

  it('is copied at the door: what its owner does to it later changes nothing', async () => {
    const { store, endpoint } = scene()
    const request = { roomName: 'A', participantAttributes: { seat: 'front' } as Record<string, string> }
    await store.fetch(request)
    request.roomName = 'B'
    request.participantAttributes.seat = 'back'
    await store.refresh({ roomName: 'A', participantAttributes: { seat: 'front' } })
    await store.fetch({ roomName: 'A', participantAttributes: { seat: 'front' } })
    expect(endpoint.calls).toHaveLength(2)
    for (const call of endpoint.calls) {
      expect(call.request).toEqual({ roomName: 'A', participantAttributes: { seat: 'front' } })
    }
    await store.fetch(request)
    expect(endpoint.call(3).request).toEqual({ roomName: 'B', participantAttributes: { seat: 'back' } })
  })

  it('is copied at the door though it is of a class of the app’s own, or of another object', async () => {
    class Wish {
      roomName: string
      constructor(roomName: string) {
        this.roomName = roomName
      }
    }
    const { store, endpoint } = scene()
    for (const request of [
      new Wish('A'),
      Object.assign(Object.create({ inherited: 1 }), { roomName: 'A' }),
    ]) {
      const handle = store.lifecycle(request)
      await store.fetch(request)
      request.roomName = 'B'
      await store.fetch(request)
      await handle.fetch({ force: true })
      expect(endpoint.calls.slice(-3).map((call) => call.request.roomName)).toEqual(['A', 'B', 'A'])
      expect(handle.request).toEqual({ roomName: 'A' })
      store.invalidate()
    }
    expect(endpoint.calls).toHaveLength(6)
  })

  it.each([null, '', 0, false])('is none when it is %j: nothing is forgotten', async (request) => {
    const { store } = scene()
    await store.fetch()
    expect(() => store.invalidate(request as unknown as TokenRequest)).toThrow('"request" must be an object')
    expect(store.getSnapshot().token).not.toBeNull()
  })

  it('is copied before the fetcher is called, though that is changed meanwhile', async () => {
    const { store, endpoint } = scene()
    endpoint.next(byHand)
    const request = { roomName: 'A' }
    watch(store.fetch(request))
    request.roomName = 'B'
    await settle()
    expect(endpoint.call(1).request).toEqual({ roomName: 'A' })
  })

  it('is the fetcher’s own copy: what one attempt does to it, the next does not see', async () => {
    const { store, endpoint } = scene()
    await store.fetch({ roomName: 'A', participantAttributes: { seat: 'front' } })
    const { request } = endpoint.call(1)
    try {
      request.roomName = 'B'
      if (request.participantAttributes) request.participantAttributes.seat = 'back'
    } catch {
      // A frozen copy would be as good.
    }
    await store.refresh({ roomName: 'A', participantAttributes: { seat: 'front' } })
    expect(endpoint.call(2).request).toEqual({ roomName: 'A', participantAttributes: { seat: 'front' } })
    expect(store.lifecycle({ roomName: 'A', participantAttributes: { seat: 'front' } }).request).toEqual({
      roomName: 'A',
      participantAttributes: { seat: 'front' },
    })
  })

  it('is told by its lifecycle as a copy', () => {
    const { store } = scene()
    const request = { roomName: 'A', participantAttributes: { seat: 'front' } }
    const handle = store.lifecycle(request)
    expect(handle.request).toEqual(request)
    expect(handle.request).not.toBe(request)
    request.participantAttributes.seat = 'back'
    expect(handle.request.participantAttributes).toEqual({ seat: 'front' })
  })
})
